
// With credentials browsers read * as a name; the response then names what was asked.
function preflightHeaders(method, names) {
  if (!POLICY.credentials || !(ANY_METHOD || ANY_HEADER)) {
    return POLICY.preflightHeaders;
  }
  const headers = {};
  for (let name in POLICY.preflightHeaders) {
    headers[name] = POLICY.preflightHeaders[name];
  }
  if (ANY_METHOD) {
    headers['Access-Control-Allow-Methods'] = method;
  }
  if (ANY_HEADER) {
    const asked = sortedUnique(names.map(lowerCase)).join(',');
    if (asked === '') {
      delete headers['Access-Control-Allow-Headers'];
    } else {
      headers['Access-Control-Allow-Headers'] = asked;
    }
  }
  return headers;
}

function sortedUnique(names) {
  return names.sort().filter(function (name, i) {
    return i === 0 || name !== names[i - 1];
  });
}
