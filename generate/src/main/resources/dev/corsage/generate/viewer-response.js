
// Puts the headers of the policy on a response: those of the origin's own are replaced, and its
// Vary is completed.
function handle(event, listed) {
  const response = event.response;
  if (isPreflight(event.request)) {
    // The other function made it.
    return response;
  }
  const lines = linesOf(event.request.headers);
  // Same-origin or refused: the headers are the same.
  const decided = decideActual(lines, null, listed);
  const headers = response.headers;
  Object.keys(headers).forEach(function (name) {
    if (/^access-control-/i.test(name) || POLICY.replacedHeaders.indexOf(name) >= 0) {
      delete headers[name];
    }
  });
  for (let name in decided.headers) {
    if (name === 'Vary') {
      headers.vary = { value: merged(linesOf(headers)('vary').concat(decided.headers.Vary)) };
    } else {
      headers[name.toLowerCase()] = { value: decided.headers[name][0] };
    }
  }
  return response;
}

function merged(lines) {
  const seen = [];
  const names = lines.join(',').split(',').map(trimmed).filter(function (name) {
    const fresh = name !== '' && seen.indexOf(name.toLowerCase()) < 0;
    seen.push(name.toLowerCase());
    return fresh;
  });
  return names.indexOf('*') < 0 ? names.join(', ') : '*';
}

function trimmed(name) {
  return name.trim();
}
