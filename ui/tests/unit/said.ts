// Which sentences of the page a screen can say, read from its source and from all that it is made of.

import { existsSync, readFileSync } from 'node:fs';

const src = new URL('../../src/', import.meta.url);

/** A file and everything it imports, as one text. */
function sourceOf(path: URL, seen = new Set<string>()): string {
  if (seen.has(path.href)) return '';
  seen.add(path.href);
  const text = readFileSync(path, 'utf8');
  const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, from]) => new URL(from ?? '', path));
  const found = imported.flatMap((from) => ['', '.ts'].map((ending) => new URL(from.href + ending)).filter((file) => existsSync(file) && !file.href.endsWith('ids.ts')));
  return [text, ...found.map((file) => sourceOf(file, seen))].join('\n');
}

/** The ids of `ids` that occur there, whole or by their beginning: `t(`private-${tell}`)`, `named('seats-need-', unit)`. */
export function saidBy(screens: string[], ids: Iterable<string>): string[] {
  return occurring(screens.map((screen) => sourceOf(new URL(screen, src))).join('\n'), ids);
}

/** The same in a text of source. */
export function occurring(code: string, ids: Iterable<string>): string[] {
  const prefixes = [...code.matchAll(/(?:t\(|named\()[`']([a-z-]+-)(?:'|\$\{)/g)].map(([, prefix]) => prefix ?? '');
  if (code.includes('seats-${kind}-')) prefixes.push('seats-need-', 'seats-offer-');
  return [...ids].filter((id) => code.includes(`'${id}'`) || prefixes.some((prefix) => id.startsWith(prefix)));
}
