// Composes a call and has a real page of another origin send it. The page is in a frame; both sides
// check the origin of every message.

import { announce, byId, element, paragraph } from "./dom.js";
import { get } from "./server.js";
import { reasons, steps, verdictOf } from "./why.js";
import { ANY, DEMO } from "./presets.js";
import { KINDS } from "./kinds.js";

const TIMEOUT = 35_000;

/** So that a preflight in the browser's cache does not hide what would be asked. */
const FRESH = "corsage-call";

/** A page on another origin, in a frame. */
class Sender {
  #frame;
  #origin;
  #ready;
  #waiting = new Map();
  #next = 1;

  constructor(origin) {
    this.#origin = origin;
    this.#frame = element("iframe", { src: `${origin}/`, className: "visually-hidden", tabIndex: -1, title: `A page of ${origin}` });
    this.#ready = new Promise(resolve => addEventListener("message", event => {
      if (event.origin !== this.#origin || event.source !== this.#frame.contentWindow) {
        return;
      }
      if (event.data?.type === "ready") {
        resolve();
      } else if (event.data?.type === "sent") {
        this.#waiting.get(event.data.id)?.(event.data.result);
        this.#waiting.delete(event.data.id);
      }
    }));
    document.body.append(this.#frame);
  }

  async send(kind, url, init) {
    const late = new Promise(resolve => setTimeout(resolve, TIMEOUT, { error: "The page did not respond." }));
    await Promise.race([this.#ready, late]);
    const id = this.#next++;
    const sent = new Promise(resolve => this.#waiting.set(id, resolve));
    this.#frame.contentWindow.postMessage({ type: "send", id, kind, url, init }, this.#origin);
    return Promise.race([sent, late]);
  }
}

export class Play {
  #panel;
  #setup;
  #senders = new Map();
  #calls = [];
  #preset = null;
  #sending = false;

  constructor(panel, setup) {
    this.#panel = panel;
    this.#setup = setup;
    const presets = setup.demo ? DEMO : ANY;
    const field = (id, label, control, className = "") => element("p", { className: `field ${className}` },
        element("label", { htmlFor: id }, label), control);
    const select = (id, options) => element("select", { id }, ...options.map(([value, text]) => element("option", { value }, text)));
    const routes = setup.apis.flatMap(api => api.routes.map(route => `${api.origin} ${route.key}`));
    panel.append(
        element("h2", {}, "Send a call from a real page"),
        element("p", { className: "muted" }, "Choose a preset, or compose a call. A page of another origin sends it, and this page shows what came of it."),
        element("div", { className: "presets", role: "group", "aria-label": "Presets" }, ...presets.map(preset => element("button",
            { type: "button", "data-preset": preset.id, "aria-pressed": "false", onclick: () => this.#choose(preset) }, preset.title))),
        element("p", { className: "muted", id: "play-about" }),
        element("form", { id: "play-form", onsubmit: event => { event.preventDefault(); this.#send(); }, oninput: () => this.#forget() },
            field("play-page", "From the page", select("play-page", [])),
            field("play-api", "To the API", select("play-api", setup.apis.map(api => [api.origin, `${api.origin} ${api.id}`]))),
            field("play-as", "By", select("play-as", Object.entries(KINDS).map(([key, { title }]) => [key, title]))),
            field("play-method", "Method", element("input", { id: "play-method", required: true, pattern: "[!#$%&'*+.^_`\\|~0-9A-Za-z\\-]+", maxLength: 128, list: "play-methods", value: "GET", autocomplete: "off" })),
            element("datalist", { id: "play-methods" }, ...["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map(value => element("option", { value }))),
            field("play-path", "Path", element("input", { id: "play-path", required: true, pattern: "/.*", value: setup.demo ? "/items" : "/", autocomplete: "off" })),
            field("play-credentials", "Credentials", select("play-credentials", [["same-origin", "same-origin (none to another origin)"], ["include", "include (cookies)"], ["omit", "omit"]])),
            field("play-headers", "Headers, one a line", element("textarea", { id: "play-headers", rows: 3, placeholder: "Content-Type: application/json", spellcheck: false, className: "code" }), "wide"),
            field("play-body", "Body", element("textarea", { id: "play-body", rows: 2, spellcheck: false, className: "code" }), "wide"),
            element("p", { className: "check wide" }, element("label", {},
                element("input", { type: "checkbox", id: "play-fresh", checked: true }),
                ` A new address each time (adds ?${FRESH}=…), so that no preflight in the browser’s cache is used`)),
            element("p", { className: "wide" }, element("button", { type: "submit", className: "primary", id: "play-send" }, "Send"))),
        element("div", { id: "play-result" }));
    if (routes.length > 1) {
      byId("play-path").setAttribute("list", "play-paths");
      panel.append(element("datalist", { id: "play-paths" }, ...[...new Set(setup.apis.flatMap(api => api.routes.map(route => route.path)))]
          .filter(path => path.startsWith("/")).map(value => element("option", { value }))));
    }
    byId("play-as").addEventListener("change", () => this.#restrict());
    this.update(setup);
    this.#choose(presets[0], false);
  }

  /** The policy may allow other pages now. */
  update(setup) {
    this.#setup = setup;
    const chosen = byId("play-page").value;
    byId("play-page").replaceChildren(...setup.pages.map(({ origin, allowed }) => element("option", { value: origin },
        allowed === null ? origin : `${origin} (${allowed ? "the policy allows it" : "the policy refuses it"})`)));
    byId("play-page").value = chosen || setup.pages[0].origin;
  }

  /** Only what the page can choose of this kind of request can be changed. */
  #restrict() {
    const kind = KINDS[byId("play-as").value];
    if (!kind.methods || (kind.method && byId("play-method").value === "GET")) {
      byId("play-method").value = kind.method ?? "GET";
    }
    byId("play-method").disabled = !kind.methods;
    byId("play-headers").disabled = !kind.headers;
    byId("play-body").disabled = !kind.body;
    const credentials = byId("play-credentials");
    for (const option of credentials.options) {
      option.disabled = !kind.credentials.includes(option.value);
    }
    if (credentials.selectedOptions[0].disabled) {
      credentials.value = kind.credentials[0];
    }
  }

  #choose(preset, focus = true) {
    byId("play-as").value = "fetch";
    this.#restrict();
    byId("play-method").value = preset.method;
    byId("play-path").value = preset.path;
    byId("play-headers").value = preset.headers ?? "";
    byId("play-body").value = preset.body ?? "";
    byId("play-credentials").value = preset.credentials ?? "same-origin";
    this.#press(preset);
    if (focus) {
      this.#send();
    }
  }

  #press(preset) {
    this.#preset = preset;
    byId("play-about").textContent = preset?.about ?? "";
    for (const button of this.#panel.querySelectorAll("[data-preset]")) {
      button.setAttribute("aria-pressed", String(button.dataset.preset === preset?.id));
    }
  }

  #forget() {
    if (!["play-page", "play-fresh"].includes(document.activeElement?.id)) {
      this.#press(null);
    }
  }

  /** Calls come by the stream of events; those of our pages, and those without an origin, are looked for here. */
  changed(calls) {
    this.#calls.push(...calls.filter(call => !call.origin || this.#setup.pages.some(page => page.origin === call.origin)));
    this.#calls = this.#calls.slice(-200);
  }

  #compose() {
    const as = byId("play-as").value;
    const headers = [];
    const lines = KINDS[as].headers ? byId("play-headers").value.split("\n") : [];
    for (const line of lines.filter(text => text.trim())) {
      const colon = line.indexOf(":");
      if (colon < 1) {
        throw new Error(`“${line}” is not a header. Write a name, a colon and a value.`);
      }
      headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    }
    const init = { method: byId("play-method").value, credentials: byId("play-credentials").value, headers };
    if (KINDS[as].body && byId("play-body").value && !/^(get|head)$/i.test(init.method)) {
      init.body = byId("play-body").value;
    }
    let path = byId("play-path").value;
    if (byId("play-fresh").checked) {
      const number = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
      path += `${path.includes("?") ? "&" : "?"}${FRESH}=${number}`;
    }
    return { as, init, path, url: byId("play-api").value + path };
  }

  async #send() {
    // Not the disabled attribute: a button that is switched off under the finger loses the focus.
    if (this.#sending) {
      return;
    }
    const result = byId("play-result");
    let composed;
    try {
      composed = this.#compose();
    } catch (error) {
      result.replaceChildren(paragraph("problem", error.message));
      return;
    }
    this.#sending = true;
    result.dataset.state = "sending";
    const preset = this.#preset;
    const origin = byId("play-page").value;
    const { as, init, path, url } = composed;
    const since = Math.max(0, ...this.#calls.map(call => call.version));
    if (!this.#senders.has(origin)) {
      this.#senders.set(origin, new Sender(origin));
    }
    const seen = await this.#senders.get(origin).send(as, url, init);
    const call = await this.#recorded(origin, path, since, !seen.error);
    const details = call && await get(`/calls/${call.id}${init.credentials === "include" ? "?credentials=include" : ""}`);
    this.#show(result, { preset, seen, details, init, as });
    this.#sending = false;
  }

  /** The events may be a moment later than the response; a refused preflight has no request. */
  async #recorded(origin, path, since, isRead) {
    const plain = path.split("#")[0];
    for (let waited = 0; waited < 5_000; waited += 50) {
      const call = this.#calls.findLast(one => one.version > since && (!one.origin || one.origin === origin) && sameCall(one.path, plain)
          && (one.sent || one.preflight === "refused" || (!isRead && waited > 500)));
      if (call) {
        return call;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return null;
  }

  #show(result, { preset, seen, details, init, as }) {
    const outcome = outcomeOf(seen, details, as);
    const intended = preset?.refused && outcome === "blocked";
    const headline = {
      read: `The page read the response: ${seen.status}.`,
      loaded: "The page uses what it has loaded.",
      sent: "The request was sent. The page reads nothing of the response, as it wants it.",
      unusable: `The browser lets the page have the response, but it has to be ${KINDS[as].needs}.`,
    }[outcome] ?? (details ? verdictOf(details) : "No response, and the gateway has seen no call.");
    const fact = (name, text) => text === undefined || text === "" ? [] : [element("dt", {}, name), element("dd", {}, text)];
    result.replaceChildren(
        element("h3", {}, intended ? "Refused, as this preset shows" : HEADINGS[outcome]),
        paragraph("", headline),
        ...details && outcome !== "unusable" ? reasons(details) : [],
        element("dl", { className: "seen" },
            ...fact(as.includes("-upload") || KINDS[as].needs ? "The page got" : as === "beacon" ? "sendBeacon()" : "fetch() rejected with", seen.error),
            ...fact("The page got", seen.seen),
            ...fact("response.status", seen.status === undefined ? undefined : String(seen.status)),
            ...fact("await response.text()", seen.body),
            ...fact("[...response.headers]", seen.headers?.map(([name, value]) => `${name}: ${value}`).join("\n"))),
        details
          ? element("details", {}, element("summary", {}, "Why, step by step"), ...steps(details))
          : paragraph("muted", "Does something in this browser hold back calls to other ports of this machine?"));
    result.className = `verdict ${intended ? "intended" : ["blocked", "failed"].includes(outcome) ? "refused" : "allowed"}`;
    Object.assign(result.dataset, { outcome, state: "done", status: seen.status ?? "", preset: preset?.id ?? "", preflight: preflightOf(details), body: seen.body ?? "", credentials: init.credentials });
    result.scrollIntoView({ block: "nearest" });
    announce(headline);
  }
}

const HEADINGS = {
  read: "Read by the page",
  loaded: "Loaded by the page",
  sent: "Sent by the page",
  unusable: "Allowed, and of no use",
  blocked: "Blocked by the browser",
  failed: "No response",
};

/** Pages learn nothing of a beacon: whether it was sent is known from the gateway. */
function outcomeOf(seen, details, as) {
  if (seen.error) {
    return !details ? "failed" : KINDS[as].needs && details.why?.readable ? "unusable" : "blocked";
  }
  if (as === "beacon" && details?.call.preflight === "refused") {
    return "blocked";
  }
  return seen.seen ? (KINDS[as].needs ? "loaded" : "sent") : "read";
}

function preflightOf(details) {
  if (!details) {
    return "unknown";
  }
  if (details.preflight) {
    return details.call.preflight === "refused" ? "refused" : "allowed";
  }
  return details.why?.preflightCached ? "cached" : "none";
}

/** Browsers write some characters of a path otherwise. */
function sameCall(recorded, sent) {
  const plain = text => new URL(text, "http://x").href;
  return plain(recorded) === plain(sent);
}
