// What the page asks its own server for.

const KEY = "corsage-token";

/**
 * The token is in the address that serve prints, behind the #, which browsers send to nobody.
 * Without it the console shows calls, and changes nothing.
 */
function takeToken() {
  const found = /^#token=([0-9a-f]+)$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(KEY, found[1]);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY);
}

const token = takeToken();

export const hasToken = () => token !== null;

async function json(response) {
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.message ?? `The server responded with ${response.status}.`);
  }
  return body;
}

export const get = async path => json(await fetch(path, { cache: "no-store" }));

export const post = async (path, body = "") => json(await fetch(path, {
  method: "POST",
  headers: { "X-Corsage-Token": token ?? "", "Content-Type": "text/plain" },
  body,
}));

/** Calls a listener with the calls that have changed, for as long as the page is open. */
export function listen({ changed, connected }) {
  const events = new EventSource("/events");
  events.onopen = () => connected(true);
  events.onerror = () => connected(false);
  let run;
  events.onmessage = event => {
    const [now] = event.lastEventId.split("-");
    if (run && run !== now) {
      // serve has been started again, and counts its calls anew.
      location.reload();
      return;
    }
    run = now;
    changed(JSON.parse(event.data));
  };
}
