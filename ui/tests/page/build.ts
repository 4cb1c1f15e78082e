// Builds the page twice: as it ships, and around an invented member.

import { build } from 'vite';

export async function setup(): Promise<void> {
  const root = new URL('../..', import.meta.url).pathname;
  await build({ root, logLevel: 'warn' });
  await build({ root, logLevel: 'warn', mode: 'fake' });
}
