// Serves a built page as the window and `closeknit serve` do: same policy, nothing else.

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self' ipc: http://ipc.localhost; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const MEDIA: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ftl': 'text/plain; charset=utf-8',
};

export interface Served {
  /** `http://127.0.0.1:41234/` */
  address: string;
  close: () => Promise<void>;
}

/** Answers a request that is no file, or says that it is one. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Serves `ui/dist` or `ui/dist-fake`, at a port if that matters. */
export async function serve(folder: 'dist' | 'dist-fake', answer: Answer = () => false, at = 0): Promise<Served> {
  const root = fileURLToPath(new URL(`../../${folder}/`, import.meta.url));
  const server = createServer((request, response) => {
    if (answer(request, response)) return;
    const { pathname } = new URL(request.url ?? '/', 'http://here');
    const path = normalize(join(root, pathname === '/' ? 'index.html' : pathname));
    const headers = {
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-type': MEDIA[extname(path)] ?? 'application/octet-stream',
    };
    const read = path.startsWith(root) ? readFile(path) : Promise.reject(new Error('outside'));
    read.then(
      (content) => response.writeHead(200, headers).end(content),
      () => response.writeHead(404, { 'content-type': 'text/plain' }).end('not here'),
    );
  });
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
