// How large the text and which colours: kept on this machine, for every circle.

type Text = 'normal' | 'larger' | 'largest';
type Colours = 'system' | 'light' | 'dark';

const NAME = 'closeknit looks';

function kept(): { text?: Text; colours?: Colours } {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '{}') as { text?: Text; colours?: Colours };
  } catch {
    return {};
  }
}

class Looks {
  text = $state<Text>(kept().text ?? 'normal');
  colours = $state<Colours>(kept().colours ?? 'system');
}
export const looks = new Looks();

/** Puts the choice on the page, now and whenever it changes. */
export function followLooks(): void {
  $effect.root(() => {
    $effect(() => {
      const root = document.documentElement;
      root.dataset['text'] = looks.text;
      root.dataset['colours'] = looks.colours;
      try {
        localStorage.setItem(NAME, JSON.stringify({ text: looks.text, colours: looks.colours }));
      } catch {
        // Not allowed here: it holds until the page is closed.
      }
    });
  });
}
