
function handler(event) {
  return handle(event, false);
}
