
// Decides on requests that are not preflights. lines(name) are the lines of a header by its name in
// lower case; target is the origin that the request was sent to, or null; listed is whether a store
// has the origin.
function decideActual(lines, target, listed) {
  const origins = lines('origin');
  if (origins.length === 0) {
    // A cache may hand the response on to a CORS request: it varies, or is the same for all.
    return POLICY.anyOrigin
      ? decision('non-cors', true, 'no-origin', null, '*', POLICY.actualHeaders)
      : decision('non-cors', true, 'no-origin', null, null, POLICY.refusedActualHeaders);
  }
  // Fetch joins the lines of a header; what joins several origins is not an origin.
  const origin = origins.join(', ');
  if (listed || isAllowed(origin)) {
    return decision('actual', true, 'allowed', null, allowOrigin(origin), POLICY.actualHeaders);
  }
  if (origin === target) {
    return decision('non-cors', true, 'same-origin', null, null, POLICY.refusedActualHeaders);
  }
  return decision('actual', false, refusal(origin), POLICY.blockRefusedOrigins ? 403 : null, null,
    POLICY.refusedActualHeaders);
}
