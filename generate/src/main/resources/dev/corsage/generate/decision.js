
function allowOrigin(origin) {
  return POLICY.anyOrigin ? '*' : origin;
}

function decision(kind, allowed, reason, status, origin, others) {
  const headers = {};
  if (origin !== null) {
    headers['Access-Control-Allow-Origin'] = [origin];
  }
  for (let name in others) {
    headers[name] = [others[name]];
  }
  return { kind: kind, allowed: allowed, reason: reason, status: status, headers: headers };
}
