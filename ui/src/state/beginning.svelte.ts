// What somebody without a circle typed so far: kept while they go back and forth.

class Beginning {
  name = $state('');
  circle = $state('');
  invitation = $state('');
}
export const beginning = new Beginning();
