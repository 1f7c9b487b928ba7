
function allowOrigin(origin) {
  return POLICY.anyOrigin ? '*' : origin;
}

// An empty value stands for that of Access-Control-Allow-Origin.
function decision(kind, allowed, reason, status, origin, others) {
  const headers = {};
  if (origin !== null) {
    headers['Access-Control-Allow-Origin'] = [origin];
  }
  for (let name in others) {
    headers[name] = [others[name] || origin];
  }
  return { kind: kind, allowed: allowed, reason: reason, status: status, headers: headers };
}
