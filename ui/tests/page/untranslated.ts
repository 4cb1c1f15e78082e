// Words that are shown in plain letters while a language is spoken that has none: an invented one, which
// gives every letter an accent, or one of another script. They stand in the code, or were never given to
// the language files. What members wrote themselves is left out.

import type { Page } from 'playwright-core';

import { ASKING, MEMBERS, POSTS, WORDS } from '../../src/host/fake-circle';
import { ENDINGS } from '../../src/host/fake-endings';
import { NOTES } from '../../src/host/fake-notes';
import { INVITATION } from './screens';

/** What the invented members wrote and are called, and what the screens of the tests type in. */
const THEIRS = [
  ...strings([MEMBERS, POSTS, ASKING, ENDINGS, NOTES]),
  ...['Millrace', 'Jonas', 'Old Jack', 'London', 'kitchen computer', 'front desk', 'laptop', '14 Tannery Row, blue door.'],
  ...['Ring twice.', 'The car broke down on the bridge.', '0664 1234567', INVITATION],
].sort((a, b) => b.length - a.length);

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

/** Every text and every label on the page, but for what is said to be in another language. */
function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const within = node.parentElement;
      if (within && !within.closest('script, style, textarea, body [lang]')) found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
}

/** What stands there in plain letters, although nobody of the circle wrote it. */
export async function untranslated(page: Page, names: string[] = []): Promise<string[]> {
  const left = (await shown(page)).map((text) => {
    const ours = [...THEIRS, ...names].reduce((rest, theirs) => rest.replaceAll(theirs, ' '), text);
    // Addresses, paths and names of files are the same in every language.
    return ours.replace(/(?:\/[\w.-]+)+|\b(?:closeknit1|ckat1)\w+…?/g, ' ');
  });
  return left.filter((text) => /[A-Za-z]{2,}/.test(text) && !WORDS.includes(text.trim()));
}
