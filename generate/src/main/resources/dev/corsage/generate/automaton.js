
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

// Follows the automaton: its time is linear in the origin, whatever the expressions.
function matches(automaton, origin) {
  if (automaton === null || !hasLengths(origin)) {
    return false;
  }
  let state = automaton.start;
  for (let i = 0; i < origin.length && state !== 0; i++) {
    let character = automaton.characters.indexOf(origin[i]);
    if (character < 0) {
      return false;
    }
    let column = DIGITS.indexOf(automaton.columns[character]) - 1;
    let at = (state * automaton.columnCount + column) * automaton.width;
    state = 0;
    for (let digit = 0; digit < automaton.width; digit++) {
      state = state * 64 + DIGITS.indexOf(automaton.next[at + digit]);
    }
  }
  return automaton.accepting[state] === '1';
}
