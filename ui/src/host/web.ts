// A browser on this machine, on the page that `closeknit serve` shows.

import type { Tag } from './contract';
import { EVERYTHING, opened, Refusal, type Answered, type Args, type CallName, type Host, type Reply } from './host';

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/** Sends JSON; rejects with a `Refusal` if the member does not answer or does not know this page. */
async function send(path: string, body: unknown): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-closeknit': '1' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw new Refusal('host-gone');
  }
  if (response.status === 401 || response.status === 403) throw new Refusal('host-not-entered');
  if (!response.ok) throw new Refusal('host-gone');
  return response;
}

/** Swaps the token of the address for a cookie, once, and takes it out of the address. */
export async function enter(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  try {
    await send('/enter', { token });
  } catch {
    // The first call will say it, on the screen.
  }
}

export function webHost(): Host {
  const reaches: ((answers: boolean) => void)[] = [];

  async function follow(listener: (tags: Tag[]) => void): Promise<never> {
    let after = 0;
    let pause = 0;
    for (;;) {
      try {
        const response = await send('/changes', { after });
        const { next, tags } = (await response.json()) as { next: number; tags: Tag[] };
        if (pause > 0) {
          for (const reach of reaches) reach(true);
          listener(EVERYTHING);
        } else if (tags.length > 0) {
          listener(tags);
        }
        after = next;
        pause = 0;
      } catch {
        if (pause === 0) for (const reach of reaches) reach(false);
        pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, pause * 2));
        // Another run of the member counts from the beginning.
        after = 0;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  return {
    // Another run has another address: what is kept longer than the tab would only be left behind.
    drafts: sessionStorage,

    async call<K extends CallName>(name: K, args: Args<K>): Promise<Reply<K>> {
      const response = await send('/call', { call: name, args });
      return opened<K>((await response.json()) as Answered);
    },

    async onChange(listener: (tags: Tag[]) => void): Promise<void> {
      void follow(listener);
    },

    onReach(listener: (answers: boolean) => void): void {
      reaches.push(listener);
    },
  };
}
