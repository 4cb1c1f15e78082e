// How large the text, which colours and which language: kept on this machine, for every circle.

type Text = 'normal' | 'larger' | 'largest';
type Colours = 'system' | 'light' | 'dark';

const NAME = 'closeknit looks';

interface Kept {
  text?: Text;
  colours?: Colours;
  language?: string;
}

function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '{}') as Kept;
  } catch {
    return {};
  }
}

class Looks {
  text = $state<Text>(kept().text ?? 'normal');
  colours = $state<Colours>(kept().colours ?? 'system');
  /** The tag of the language that was chosen; without one, the machine's own is spoken. */
  language = $state<string | undefined>(kept().language);
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
        const { text, colours, language } = looks;
        localStorage.setItem(NAME, JSON.stringify({ text, colours, language }));
      } catch {
        // Not allowed here: it holds until the page is closed.
      }
    });
  });
}
