import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** No server writes this page beforehand: what Svelte has to take over such a page is left out. */
const neverTakenOver = {
  name: 'never-taken-over',
  transform(code: string, id: string): string | undefined {
    if (!id.endsWith('/svelte/src/internal/client/dom/hydration.js')) return undefined;
    const [guard, setter] = ['export let hydrating = false', 'hydrating = value;'];
    if (!code.includes(guard) || !code.includes(setter)) throw new Error('Svelte has moved what it guards this with');
    return code.replace(guard, 'export const hydrating = false').replace(setter, '');
  },
};

// `--mode fake` builds the page around an invented member: for tests, pictures and work on the looks.
export default defineConfig(({ mode }) => ({
  plugins: [neverTakenOver, svelte()],
  server: { port: 1420, strictPort: true, host: '127.0.0.1' },
  build: {
    target: 'safari16.4',
    outDir: mode === 'fake' ? 'dist-fake' : 'dist',
    emptyOutDir: true,
    // The content policy allows no `data:` addresses, so nothing may be written in place.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}));
