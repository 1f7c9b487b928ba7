
// In the table a dot and a digit stand for a run of zeros: functions have to be small.
POLICY.expressions.next = POLICY.expressions.next.replace(/\.(.)/g, function (run, digit) {
  return new Array(DIGITS.indexOf(digit) + 1).join('0');
});
