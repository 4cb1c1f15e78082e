// Writes src/words/ids.ts: every sentence of the page itself (page.ftl) with the names of its values,
// so that the compiler finds a missing id or value.

import { FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const locales = new URL('../src/locales/', import.meta.url);
const english = folderOf('en');
const target = new URL('../src/words/ids.ts', import.meta.url);
/** Words of the terminal alone. */
const NOT_OURS = new Set(['terminal.ftl']);

/** Where the files of a language stand. @param {string} tag */
export function folderOf(tag) {
  return new URL(`${tag}/`, locales);
}

/** Every language that has a folder. */
export function languages() {
  return readdirSync(locales).sort();
}

/**
 * All values that a pattern mentions, in selectors and variants too.
 * @param {any} pattern
 * @param {Set<string>} found
 */
function values(pattern, found = new Set()) {
  if (Array.isArray(pattern)) for (const part of pattern) values(part, found);
  else if (pattern && typeof pattern === 'object') {
    if (pattern.type === 'var') found.add(pattern.name);
    for (const part of Object.values(pattern)) if (typeof part === 'object') values(part, found);
  }
  return found;
}

/** The files of a language that the page loads. */
export function files(folder = english) {
  return readdirSync(folder).filter((name) => name.endsWith('.ftl') && !NOT_OURS.has(name)).sort();
}

/**
 * `id` or `id.attribute` → names of values, of these files. An id that stands twice is an error.
 * @param {string[]} names
 * @returns {Map<string, string[]>}
 */
export function messages(names, folder = english) {
  const all = new Map();
  for (const file of names) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const parsed = new FluentResource(text).body;
    // The parser skips what it cannot read without a word.
    const written = [...text.matchAll(/^(-?[a-zA-Z][\w-]*) *=/gm)].map((match) => match[1]);
    const read = new Set(parsed.map((message) => message.id));
    for (const id of written) if (!read.has(id)) throw new Error(`${file}: ${id} cannot be read`);
    for (const { id, value, attributes } of parsed) {
      if (all.has(id)) throw new Error(`${file}: ${id} stands twice`);
      if (value !== null) all.set(id, [...values(value)].sort());
      for (const [name, attribute] of Object.entries(attributes)) all.set(`${id}.${name}`, [...values(attribute)].sort());
    }
  }
  return all;
}

/** A sentence without values, in a language: for tests. @param {string} id @param {string} tag */
export function messageOf(id, tag) {
  for (const file of files(folderOf(tag))) {
    const { body } = new FluentResource(readFileSync(new URL(file, folderOf(tag)), 'utf8'));
    const value = body.find((message) => message.id === id)?.value;
    if (typeof value === 'string') return value;
  }
  throw new Error(`${tag} has no plain ${id}`);
}

export function source() {
  const lines = [...messages(['page.ftl'])]
    .filter(([id]) => !id.startsWith('-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, names]) => `  '${id}': ${names.map((name) => `'${name}'`).join(' | ') || 'never'};`);
  return `// Written by \`npm run words\` from src/locales/en/page.ftl. Do not edit.\n\n/** Every sentence of the page, and the names of its values. */\nexport interface Messages {\n${lines.join('\n')}\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(target, source());
}
