// What somebody without a circle typed so far: kept while they go back and forth.

import type { MemberKind } from '../host/contract';

class Beginning {
  name = $state('');
  kind = $state<MemberKind>('person');
  circle = $state('');
  invitation = $state('');
}
export const beginning = new Beginning();
