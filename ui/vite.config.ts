import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// `--mode fake` builds the page around an invented member: for tests, pictures and work on the looks.
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
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
