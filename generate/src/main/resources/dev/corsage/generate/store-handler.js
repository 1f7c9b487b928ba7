
const STORE = cf.kvs();

// The exact origins, which are keys of 512 bytes at most, are in the key value store: one is looked up for each request that has one.
async function handler(event) {
  const lines = linesOf(event.request.headers)('origin');
  let listed = false;
  if (lines.length === 1 && lines[0].length > 0 && lines[0].length <= 512) {
    try {
      listed = await STORE.exists(lines[0]);
    } catch (error) {
      // Without the store an origin is not on the list.
      console.log('The key value store did not respond: ' + error);
    }
  }
  return handle(event, listed);
}
