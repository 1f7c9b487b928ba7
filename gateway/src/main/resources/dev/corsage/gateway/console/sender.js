// A page on an origin of its own. The console, which shows it in a frame, tells it what to send, and
// by what. It takes orders from the console alone, and calls nothing but the APIs.

const { console: consoleOrigin, apis } = await (await fetch("/page.json")).json();
document.getElementById("console").href = consoleOrigin;
document.getElementById("link").hidden = parent !== window;

const BODY = 10_000;
const TIMEOUT = 30_000;

async function byFetch(url, init) {
  const response = await fetch(url, init);
  return response.type === "opaque"
    ? { seen: "a response of the type opaque, of which nothing can be read" }
    : { status: response.status, headers: [...response.headers], body: (await response.text()).slice(0, BODY) };
}

const byXhr = (url, { method, headers, body, credentials }) => new Promise((resolve, reject) => {
  const xhr = new XMLHttpRequest();
  xhr.open(method, url);
  xhr.withCredentials = credentials === "include";
  headers.forEach(([name, value]) => xhr.setRequestHeader(name, value));
  xhr.upload.onprogress = () => {};
  xhr.onload = () => resolve({
    status: xhr.status,
    headers: xhr.getAllResponseHeaders().trim().split("\r\n").filter(Boolean)
        .map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
    body: xhr.responseText.slice(0, BODY),
  });
  xhr.onerror = () => reject(new Error("the event error"));
  xhr.send(body ?? null);
});

async function byBeacon(url, { headers, body = "" }) {
  const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  const queued = navigator.sendBeacon(url, type ? new Blob([body], { type }) : body);
  return queued ? { seen: "true: the browser will send it. A page learns no more of a beacon" } : { error: "sendBeacon() returned false" };
}

const byElement = (tag, attribute, more = {}) => (url, { credentials }) => new Promise((resolve, reject) => {
  const made = Object.assign(document.createElement(tag), more);
  made.crossOrigin = credentials === "include" ? "use-credentials" : "anonymous";
  const end = (settle, result) => {
    made.remove();
    settle(result);
  };
  made.onload = () => end(resolve, { seen: "the event load" });
  made.onerror = () => end(reject, new Error("the event error"));
  made[attribute] = url;
  document.head.append(made);
});

async function byFont(url) {
  await new FontFace("Corsage", `url("${url}")`).load();
  return { seen: "the font" };
}

const byEvents = (url, { credentials }) => new Promise((resolve, reject) => {
  const events = new EventSource(url, { withCredentials: credentials === "include" });
  const end = (settle, result) => {
    events.close();
    settle(result);
  };
  events.onopen = () => end(resolve, { seen: "the event open" });
  events.onerror = () => end(reject, new Error("the event error"));
});

const KINDS = {
  "fetch": byFetch,
  "xhr-upload": byXhr,
  "beacon": byBeacon,
  "no-cors": (url, init) => byFetch(url, { ...init, mode: "no-cors" }),
  "img": byElement("img", "src"),
  "font": byFont,
  "module": byElement("script", "src", { type: "module" }),
  "eventsource": byEvents,
};

async function send(kind, url, init) {
  const late = new Promise((_, reject) => setTimeout(reject, TIMEOUT, new Error("nothing in time")));
  try {
    return await Promise.race([KINDS[kind](url, init), late]);
  } catch (error) {
    return { error: error.name === "Error" ? error.message : `${error.name}: ${error.message}` };
  }
}

addEventListener("message", async event => {
  if (event.origin !== consoleOrigin || event.source !== parent || event.data?.type !== "send") {
    return;
  }
  const { id, kind, url, init } = event.data;
  const result = apis.includes(new URL(url).origin)
    ? await send(kind, url, init)
    : { error: "This page calls nothing but the APIs." };
  parent.postMessage({ type: "sent", id, result }, consoleOrigin);
});

if (parent !== window) {
  parent.postMessage({ type: "ready" }, consoleOrigin);
}
