import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/page/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['tests/page/build.ts'],
    // One browser at a time: two cores are soon busy.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
