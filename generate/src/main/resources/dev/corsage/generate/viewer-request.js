
// Responds to preflights, and to requests that the policy blocks; passes all others on.
function handle(event, listed) {
  const request = event.request;
  const lines = linesOf(request.headers);
  const decided = decideOn(request.method, lines, targetOrigin(lines, null, false), listed);
  if (decided.status === null) {
    return request;
  }
  const headers = {};
  for (let name in decided.headers) {
    headers[name.toLowerCase()] = { value: decided.headers[name][0] };
  }
  return { statusCode: decided.status, headers: headers };
}
