/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  // Short names of classes: they stand in the scripts, some eighty of them.
  compilerOptions: { runes: true, cssHash: ({ css, hash }) => `s${hash(css).slice(0, 5)}` },
};
