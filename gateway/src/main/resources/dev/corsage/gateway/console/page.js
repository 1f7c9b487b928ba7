// Makes one cross-origin call per button and sets what the browser let JavaScript see beside what
// the gateway saw. Header values and bodies are not trusted: they only ever become text nodes.

const PLAIN_GET = "a GET without headers of its own is sent straight away";

// A call with noPreflight, which says why, is one the Fetch standard lets browsers send unasked.
const CALLS = [
  {
    id: "simple",
    title: "Simple GET",
    about: "A plain read, which any page could also make with an <img> element. It is sent straight"
        + " away; the policy decides whether the page may read the response.",
    path: "/items",
    noPreflight: PLAIN_GET,
  },
  {
    id: "put",
    title: "PUT with JSON",
    about: "The method, the content type and the X-Demo header each need permission, so the browser"
        + " asks first.",
    path: "/items/1",
    init: {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-Demo": "corsage" },
      body: '{"name":"rose"}',
    },
  },
  {
    id: "credentials",
    title: "GET with a cookie",
    about: "The cookie travels both ways only if the response names this very origin and allows"
        + " credentials. Run it twice and the count goes up.",
    path: "/me",
    init: { credentials: "include" },
    noPreflight: "cookies alone do not call for one",
  },
  {
    id: "exposed",
    title: "Response headers",
    about: "The response carries X-Total-Count and X-Internal-Node. JavaScript gets to read those"
        + " the policy exposes; the others stay in the browser.",
    path: "/report",
    noPreflight: PLAIN_GET,
    get: ["x-total-count", "x-internal-node"],
  },
  {
    id: "error",
    title: "Failing function",
    about: "The function throws. The page can tell a 500 from a dead network only if the error"
        + " response has its CORS headers too.",
    path: "/fail",
    noPreflight: PLAIN_GET,
  },
  {
    id: "method",
    title: "DELETE",
    about: "A method needs to be on the policy’s list before a page may use it.",
    path: "/items/1",
    init: { method: "DELETE" },
  },
  {
    id: "header",
    title: "Custom header",
    about: "One request header of the page’s own turns a simple GET into one that needs permission.",
    path: "/items",
    init: { headers: { "X-Unlisted": "1" } },
  },
];

const VERDICTS = {
  read: { badge: "Read by the page", short: "Read" },
  blocked: { badge: "Blocked by the browser", short: "Blocked" },
  // fetch() reports a refused call and a dead server alike; the gateway's record tells them apart.
  failed: { badge: "No response", short: "No response" },
};

const CORS_HEADERS = [/^origin$/i, /^access-control-/i, /^vary$/i];

const byId = id => document.getElementById(id);
const fromTemplate = id => byId(id).content.firstElementChild.cloneNode(true);

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...children);
  return node;
}

// ---- Making a call ----------------------------------------------------------------------------

async function attempt(url, init) {
  try {
    const response = await fetch(url, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

async function getJson(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) {
    throw new Error(`${path} responded with ${response.status}`);
  }
  return response.json();
}

/** What the gateway recorded under this call's id, or null if the page's server does not respond. */
async function recorded(callId) {
  try {
    return (await getJson(`/exchanges?call=${callId}`)).exchanges;
  } catch {
    return null;
  }
}

// randomUUID() would do, but exists on secure origins only.
const newCallId = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);

// ---- Judging it -------------------------------------------------------------------------------

function judge(call, seen, exchanges, api) {
  if (!exchanges) {
    const why = "The server of this page did not respond, so it is not known what the gateway saw."
        + " Is corsage serve still running?";
    return { seen, outcome: seen.error ? "failed" : "read", why };
  }
  const preflight = exchanges.find(exchange => exchange.kind === "preflight");
  const actual = exchanges.find(exchange => exchange.kind !== "preflight");
  let preflightState = actual && !call.noPreflight ? "cached" : "none";
  if (preflight) {
    preflightState = preflight.allowed ? "allowed" : "refused";
  }
  const decider = preflightState === "refused" ? preflight : actual ?? preflight;
  const outcome = !seen.error ? "read" : decider ? "blocked" : "failed";
  const why = decider
    ? `${decider.explanation.replace(/\.\s*$/, "")}${consequence(call, seen, decider)}.`
    : `The gateway at ${api} has no record of this call. Is it running, and does nothing in this browser`
        + " hold back calls to it?";
  return { seen, preflight, actual, preflightState, outcome, why };
}

/** What the browser made of the exchange that decided the call, to follow its explanation. */
function consequence(call, seen, decider) {
  if (!seen.error) {
    if (seen.status >= 500) {
      return `, so the page gets to read the ${seen.status} and need not guess what went wrong`;
    }
    const hidden = call.get?.filter(name => !seen.headers.has(name)) ?? [];
    return ", so the browser gave the response to the page"
        + (hidden.length ? `, but without ${hidden.join(" and ")}, which the policy does not expose` : "");
  }
  const conjunction = decider.allowed ? "yet" : "so";
  if (decider.kind === "preflight") {
    return `, ${conjunction} the browser never sent the ${call.init?.method ?? "GET"}`;
  }
  const lacksCredentials = decider.allowed && call.init?.credentials
      && !decider.responseHeaders.some(([name]) => /^access-control-allow-credentials$/i.test(name));
  return `, ${conjunction} the browser kept the response from the page`
      + (lacksCredentials ? ": the call includes cookies, and the response does not allow credentials"
        : ", although the request had reached the API");
}

// ---- Showing it -------------------------------------------------------------------------------

/** The call as a developer would write it, made from what is really passed to fetch(). */
function sourceOf(call, api) {
  const options = Object.entries(call.init ?? {}).map(([name, value]) => {
    const literal = name === "body" ? `'${value}'` : JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
    return `\n  ${name}: ${literal},`;
  });
  return `await fetch("${api}${call.path}"${options.length ? `, {${options.join("")}\n}` : ""})`;
}

/** Where a header belongs in its list: what is Infinity away is folded. */
function distance(call, name) {
  const place = CORS_HEADERS.findIndex(pattern => pattern.test(name));
  const ofTheCall = [...Object.keys(call.init?.headers ?? {}), ...call.get ?? [], "Cookie", "Set-Cookie"];
  const isOfTheCall = ofTheCall.some(other => other.toLowerCase() === name.toLowerCase());
  return place >= 0 ? place : isOfTheCall ? CORS_HEADERS.length : Infinity;
}

function headerList(label, call, headers) {
  const placed = headers.map(([name, value]) => ({ name, value, at: distance(call, name) }));
  const list = entries => element("ul", "", ...entries.map(({ name, value, at }) => element("li", "",
      element("span", at < CORS_HEADERS.length ? "name cors" : "name", `${name}:`), ` ${value}`)));
  const shown = placed.filter(header => header.at < Infinity).sort((one, other) => one.at - other.at);
  const folded = placed.filter(header => header.at === Infinity);
  return element("div", "header-list", element("h4", "", label), list(shown),
      ...folded.length ? [element("details", "", element("summary", "", `${folded.length} more`), list(folded))] : []);
}

function exchangeView(call, exchange) {
  const fact = (name, value) => element("span", "", `${name} `, element("b", "", value));
  return [
    element("p", "request-line", element("b", "", exchange.method), ` ${exchange.path}`),
    element("p", "facts",
        exchange.allowed ? element("span", "badge allowed", "Allowed") : element("span", "badge refused", "Refused"),
        fact("status", exchange.status),
        fact("function", exchange.function),
        `${exchange.millis} ms`,
        ...exchange.allowed ? [] : [fact("reason", exchange.reason)]),
    headerList("Request headers", call, exchange.requestHeaders),
    headerList("Response headers", call, exchange.responseHeaders),
  ];
}

function preflightNote(call, state) {
  return {
    cached: "In the browser’s preflight cache: the gateway saw no OPTIONS request this time.",
    none: call.noPreflight ? `Not needed: ${call.noPreflight}.` : "The gateway saw none.",
  }[state] ?? "Not known.";
}

function actualNote(state) {
  return {
    refused: "Never sent: the browser stops at a refused preflight.",
    allowed: "Never sent.",
    none: "The gateway saw none.",
  }[state] ?? "Not known.";
}

function showSeen(article, call, seen) {
  const texts = {
    error: seen.error,
    status: seen.status,
    body: seen.body,
    headers: seen.headers && [...seen.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
    exposed: seen.headers && call.get?.map(name => `${name}: ${seen.headers.get(name)}`).join("\n"),
  };
  for (const [name, text] of Object.entries(texts)) {
    const target = article.querySelector(`.js-${name}`);
    target.textContent = text ?? "";
    target.parentElement.hidden = text === undefined;
  }
}

function show(article, call, result) {
  const { seen, preflight, actual, preflightState, outcome } = result;
  const fill = (panel, exchange, note) => article.querySelector(`.${panel} .exchange`).replaceChildren(
      ...exchange ? exchangeView(call, exchange) : [element("p", "muted", note)]);
  fill("preflight", preflight, preflightNote(call, preflightState));
  fill("actual", actual, actualNote(preflightState));
  article.querySelector(".again").hidden = !["allowed", "cached"].includes(preflightState);
  article.querySelector(".verdict .badge").textContent = VERDICTS[outcome].badge;
  article.querySelector(".js-why").textContent = result.why;
  showSeen(article, call, seen);
  article.querySelector(".result").hidden = false;

  for (const [name, value] of Object.entries({ outcome, status: seen.status, preflight: preflightState })) {
    if (value === undefined) {
      delete article.dataset[name];
    } else {
      article.dataset[name] = value;
    }
  }
  const overview = document.querySelector(`#overview a[href="#${article.id}"]`);
  overview.dataset.outcome = outcome;
  overview.querySelector(".short").textContent = VERDICTS[outcome].short;
  byId("announcement").textContent = `${call.title}: ${VERDICTS[outcome].badge}. ${result.why}`;
}

// ---- Putting the page together ----------------------------------------------------------------

/** Adds a call to the page and returns the function that runs it. */
function addCall(call, { api, policy }) {
  const article = fromTemplate("call-template");
  const [runButton, againButton] = article.querySelectorAll("button");
  article.id = `call-${call.id}`;
  article.dataset.call = call.id;
  article.querySelector("h2").textContent = call.title;
  article.querySelector(".about").textContent = call.about;
  article.querySelector(".source").textContent = sourceOf(call, api);
  runButton.dataset.run = call.id;
  runButton.setAttribute("aria-label", `Run ${call.title}`);
  againButton.dataset.again = call.id;
  // A response that does not say counts as five seconds in the Fetch standard.
  article.querySelector(".again span").textContent =
      `The browser may cache the response to the preflight for ${policy.maxAgeSeconds ?? policy.MAX_AGE ?? 5} s, for this URL only.`;

  const overview = fromTemplate("overview-template");
  overview.querySelector("a").href = `#${article.id}`;
  overview.querySelector(".title").textContent = call.title;
  byId("overview").append(overview);
  byId("calls").append(article);

  let callId;
  let exchangesShown;

  async function send({ sameUrl }) {
    // Not the disabled attribute: a button that is switched off under the finger loses the focus.
    if (article.dataset.state === "running") {
      return;
    }
    article.dataset.state = "running";
    if (!sameUrl) {
      callId = newCallId();
      exchangesShown = 0;
    }
    const seen = await attempt(`${api}${call.path}?call=${callId}`, call.init);
    const exchanges = await recorded(callId);
    show(article, call, judge(call, seen, exchanges?.slice(exchangesShown), api));
    exchangesShown = exchanges?.length ?? exchangesShown;
    article.dataset.state = "done";
  }

  const run = () => send({ sameUrl: false });
  runButton.addEventListener("click", run);
  againButton.addEventListener("click", () => send({ sameUrl: true }));
  runButton.disabled = false;
  return run;
}

function showOrigins({ api, payload, pages }) {
  byId("api").textContent = api;
  byId("payload").textContent = `payload ${payload}`;
  const here = pages.find(page => page.origin === location.origin);
  if (here) {
    const badge = byId("here-allowed");
    badge.textContent = here.allowed ? "Allowed by the policy" : "Not allowed by the policy";
    badge.classList.add(here.allowed ? "allowed" : "refused");
    badge.hidden = false;
  }
  for (const page of pages.filter(other => other !== here)) {
    const link = element("a", "", page.origin);
    link.href = page.origin;
    byId("elsewhere").append(element("p", "",
        link, " ", element("span", "muted", page.allowed ? "allowed" : "not allowed")));
  }
}

async function start() {
  byId("here").textContent = location.origin;
  document.title = `${location.host} · Corsage`;
  const config = await getJson("/config.json");
  showOrigins(config);
  byId("policy").querySelector("pre").textContent = JSON.stringify(config.policy, null, 2);
  // On a phone it would push the calls off the first screens.
  byId("policy").open = matchMedia("(min-width: 60rem)").matches;
  const runs = CALLS.map(call => addCall(call, config));

  const runAll = document.querySelector("[data-run-all]");
  runAll.addEventListener("click", async () => {
    // One after the other, so that the gateway's log reads in the order of the page.
    for (const run of runs) {
      await run();
    }
  });
  runAll.disabled = false;
  document.documentElement.dataset.ready = "true";
}

start().catch(error => {
  byId("problem").textContent = `The configuration of this page could not be loaded (${error.message}).`
      + " Is corsage serve still running? Start it and reload.";
  byId("problem").hidden = false;
});
