// Two ways to use a page: with the keyboard alone, and as fast as a test can. Both find things by
// `data-testid`, so that they work in every language.

import type { Locator, Page } from 'playwright-core';

export interface Hand {
  page: Page;
  /** Presses a button, follows a link, ticks a box, unfolds what is folded. */
  press: (testid: string) => Promise<void>;
  /** Writes into a field, in place of what was there. */
  write: (testid: string, text: string) => Promise<void>;
  /** Chooses one of a few (a radio button). */
  choose: (testid: string) => Promise<void>;
  /** Chooses a value of a list. */
  select: (testid: string, value: string) => Promise<void>;
}

/** The element, once it is there. A folded one is found by its summary. */
async function find(page: Page, testid: string): Promise<Locator> {
  const found = page.getByTestId(testid).first();
  await found.waitFor({ state: 'attached' });
  return (await found.evaluate((element) => element.tagName)) === 'DETAILS' ? found.locator('> summary') : found;
}

export function mouse(page: Page): Hand {
  return {
    page,
    press: async (testid) => (await find(page, testid)).click(),
    write: async (testid, text) => (await find(page, testid)).fill(text),
    // The dot of a chosen kind is not seen; its label is pressed.
    choose: async (testid) => (await find(page, testid)).check({ force: true }),
    select: async (testid, value) => void (await (await find(page, testid)).selectOption(value)),
  };
}

/** Only Tab, arrows, Enter, Space and letters. Complains of what cannot be reached. */
export function keyboard(page: Page): Hand {
  const MOST = 250;

  async function tabTo(what: string, isThere: () => Promise<boolean>): Promise<void> {
    for (let step = 0; step < MOST; step++) {
      if (await isThere()) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${what} cannot be reached with the Tab key`);
  }

  const hasFocus = (locator: Locator) => locator.evaluate((element) => element === document.activeElement);

  async function reach(testid: string): Promise<Locator> {
    const found = await find(page, testid);
    await tabTo(testid, () => hasFocus(found));
    return found;
  }

  return {
    page,
    press: async (testid) => {
      const found = await reach(testid);
      const isBox = await found.evaluate((element) => element.matches('input'));
      await page.keyboard.press(isBox ? 'Space' : 'Enter');
    },
    write: async (testid, text) => {
      await reach(testid);
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      // Enter in a field of one line would send the form.
      await page.keyboard.insertText(text);
    },
    choose: async (testid) => {
      const found = await find(page, testid);
      const group = () =>
        found.evaluate((element) => (document.activeElement as HTMLInputElement | null)?.name === (element as HTMLInputElement).name);
      await tabTo(testid, group);
      await page.keyboard.press('Space');
      for (let step = 0; step < MOST && !(await hasFocus(found)); step++) await page.keyboard.press('ArrowDown');
      if (!(await found.isChecked())) throw new Error(`${testid} cannot be chosen with the arrow keys`);
    },
    select: async (testid, value) => {
      const found = await reach(testid);
      for (let step = 0; step < MOST && (await found.inputValue()) !== value; step++) await page.keyboard.press('ArrowDown');
      if ((await found.inputValue()) !== value) throw new Error(`${testid}: ${value} cannot be selected with the arrow keys`);
    },
  };
}
