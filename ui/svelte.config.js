/** @type {Map<string, string>} */
const names = new Map();

/**
 * Short names of classes: they stand in the scripts, some eighty of them.
 * @type {import('svelte/compiler').CssHashGetter}
 */
function shortName({ css, hash, filename }) {
  const short = `s${hash(css).slice(0, 3)}`;
  const taken = names.get(short);
  if (taken !== undefined && taken !== filename) throw new Error(`${taken} and ${filename} are called the same`);
  names.set(short, filename);
  return short;
}

/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: { runes: true, cssHash: shortName },
};
