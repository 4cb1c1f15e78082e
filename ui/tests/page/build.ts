// Builds the page twice: as it ships, and around an invented member.

import { build } from 'vite';

export async function setup(): Promise<void> {
  // The test runner says `test`, which would build Svelte’s checks for developers in.
  process.env['NODE_ENV'] = 'production';
  const root = new URL('../..', import.meta.url).pathname;
  await build({ root, logLevel: 'warn' });
  await build({ root, logLevel: 'warn', mode: 'fake' });
}
