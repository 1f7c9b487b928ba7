// A page on an origin of its own. The console, which shows it in a frame, tells it what to fetch.
// It takes orders from the console alone, and calls nothing but the APIs.

const { console: consoleOrigin, apis } = await (await fetch("/page.json")).json();
document.getElementById("console").href = consoleOrigin;
document.getElementById("link").hidden = parent !== window;

async function send(url, init) {
  try {
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: [...response.headers],
      body: (await response.text()).slice(0, 10_000),
    };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

addEventListener("message", async event => {
  if (event.origin !== consoleOrigin || event.source !== parent || event.data?.type !== "send") {
    return;
  }
  const { id, url, init } = event.data;
  const result = apis.includes(new URL(url).origin)
    ? await send(url, init)
    : { error: "This page calls nothing but the APIs." };
  parent.postMessage({ type: "sent", id, result }, consoleOrigin);
});

if (parent !== window) {
  parent.postMessage({ type: "ready" }, consoleOrigin);
}
