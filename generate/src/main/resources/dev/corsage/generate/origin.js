// Tells whether the policy allows an origin. These files are part of the Lambda module and of the
// CloudFront functions, whose runtime has little more than ECMAScript 5.1, and const and let.
const EXACT = setOf(POLICY.exactOrigins);

function isAllowed(origin) {
  return POLICY.anyOrigin || EXACT.has(origin) || (POLICY.nullOrigin && origin === 'null')
    || hasSuffix(origin) || matches(POLICY.expressions, origin);
}
