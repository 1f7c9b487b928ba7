// One call, step by step: what the page asked for, what the server responded, what the browser made
// of it, and what to do.

import { announce, copyButton, element, paragraph, verdictBadge } from "./dom.js";
import { get, hasToken, post } from "./server.js";
import { curl, decideLine, issueText, urlOf } from "./copies.js";

const CORS_HEADER = /^(origin|vary|access-control-.*)$/i;

const NAMES = Object.fromEntries(["Origin", "Methods", "Headers", "Credentials"].map(name =>
  [`access-control-allow-${name.toLowerCase()}`, `Access-Control-Allow-${name}`]));

/** What became of the call, in one sentence. */
export function verdictOf({ call, request }) {
  if (call.access === "not-checked") {
    return "The browser made no CORS check.";
  }
  if (call.access === "refused") {
    return request
      ? `The server responded with ${request.status}; the browser refused the page.`
      : `The browser refused the page at the preflight, and never sent the ${call.method}.`;
  }
  if (!request) {
    return `The preflight allows the ${call.method}. The request itself has not been seen.`;
  }
  return call.access === "allowed-without-credentials"
    ? "The page can read the response, if it sends no credentials."
    : "The page can read the response.";
}

/** The headers of a request or a response; a response shows those that decided by their absence. */
function headerList(label, headers, deciding) {
  const line = ([name, value]) => {
    const decides = deciding.includes(name.toLowerCase());
    const text = [element("span", { className: CORS_HEADER.test(name) ? "name cors" : "name" }, `${name}:`), ` ${value}`];
    return element("li", { className: decides ? "decides" : "" },
        ...decides ? [element("mark", {}, ...text)] : text);
  };
  const isShown = ([name]) => CORS_HEADER.test(name) || deciding.includes(name.toLowerCase());
  const missing = label === "The response"
    ? deciding.filter(name => name.startsWith("access-control-allow-") && !headers.some(([other]) => other.toLowerCase() === name))
    : [];
  const shown = headers.filter(isShown);
  const folded = headers.filter(header => !isShown(header));
  return element("div", { className: "headers" }, element("h4", {}, label),
      element("ul", {}, ...shown.map(line),
          ...missing.map(name => element("li", { className: "decides" }, element("mark", {}, `No ${NAMES[name] ?? name}`)))),
      shown.length || missing.length ? null : paragraph("muted", "No CORS header."),
      folded.length
        ? element("details", {}, element("summary", {}, `${folded.length} more`), element("ul", {}, ...folded.map(line)))
        : null);
}

function exchangeStep(title, exchange, why, isDeciding) {
  const deciding = isDeciding ? why?.deciding ?? [] : [];
  const simulated = title === "The preflight" ? why?.policy?.preflight : why?.policy?.request;
  const decision = simulated?.decision;
  // In front of a backend the policy responds itself.
  const responder = exchange.target === "backend" && decision?.status === exchange.status ? "the policy" : exchange.target;
  return element("li", {},
      element("h3", {}, title, " ", verdictBadge(exchange.access)),
      element("p", { className: "request-line" }, element("b", {}, exchange.method), ` ${exchange.path}`),
      headerList("The request", exchange.requestHeaders, deciding),
      element("p", { className: "facts" }, "Status ", element("b", {}, String(exchange.status)),
          `, from ${responder}, after ${exchange.millis} ms`),
      headerList("The response", exchange.responseHeaders, deciding),
      decision && !decision.allowed ? paragraph("", `The policy: ${decision.explanation}`) : null,
      decision?.hint ? paragraph("muted", decision.hint) : null);
}

function browserStep(why) {
  if (!why?.step) {
    return null;
  }
  return element("li", {},
      element("h3", {}, "The browser"),
      element("p", {}, why.key === "passed" ? "accepts it: " : "refuses it: ",
          element("a", { href: why.standard, rel: "noreferrer", target: "_blank" }, why.step),
          ` of the Fetch standard (${why.key}).`),
      why.cause ? paragraph("", why.cause) : null,
      why.note ? paragraph("muted", why.note) : null,
      why.console
        ? element("dl", { className: "consoles" }, ...Object.entries(why.console).flatMap(([browser, text]) =>
          [element("dt", {}, `${browser} prints`), element("dd", {}, text)]))
        : null);
}

function preflightNote(details) {
  const { why, call } = details;
  if (details.preflight || call.access === "not-checked") {
    return null;
  }
  return element("li", {}, element("h3", {}, "No preflight"),
      paragraph("", why?.preflightCached
        ? "The browser has the response to an earlier preflight in its cache, so it did not ask again."
        : "Neither the method nor a header needs permission, so the browser sent the request straight away."));
}

/** The reason and the remedy, as nodes. */
export function reasons({ why, request, preflight }) {
  const all = [element("p", {}, why?.summary ?? (request ?? preflight).explanation)];
  if (why?.remedy) {
    all.push(element("p", { className: "remedy" }, element("strong", {}, "Remedy: "), why.remedy, " ",
        element("a", { href: "#policy" }, "Open the policy")));
  }
  return all;
}

/** What can be copied, and the steps, as nodes. */
export function steps(details, unmask) {
  const { call, why, preflight, request } = details;
  return [
    element("div", { className: "toolbar" },
        copyButton("Copy as curl", () => curl(details)),
        copyButton("Copy for decide", () => decideLine(details)),
        copyButton("Copy as issue text", () => issueText(details)),
        unmask
          ? element("button", { type: "button", "aria-pressed": String(details.unmasked), onclick: unmask },
              details.unmasked ? "Hide secrets" : "Show secrets")
          : null),
    element("ol", { className: "steps" },
        element("li", {},
            element("h3", {}, "The page"),
            element("p", {}, element("code", {}, call.origin ?? "no origin"), " asks for ",
                element("code", {}, `${call.method} ${urlOf(details)}`)),
            ...(preflight ? why?.policy?.why ?? [] : []).map(text => paragraph("", text))),
        preflightNote(details),
        preflight ? exchangeStep("The preflight", preflight, why, !request) : null,
        request ? exchangeStep("The request", request, why, true) : null,
        preflight && !request && call.access === "refused"
          ? element("li", {}, element("h3", {}, "The request"), paragraph("", "Never sent: the browser stops at a refused preflight."))
          : null,
        browserStep(why)),
  ];
}

export class Why {
  #panel;
  #id;
  #unmasked = false;

  constructor(panel) {
    this.#panel = panel;
  }

  async open(id) {
    if (!id) {
      this.#id = undefined;
      this.#panel.replaceChildren(element("div", { className: "empty" }, element("h2", {}, "No call is open"),
          element("p", {}, "Open a call on the tab ", element("a", { href: "#live" }, "Live"),
              " to see what decided on it, what browsers print, and what to do.")));
      return;
    }
    if (id !== this.#id) {
      this.#unmasked = false;
    }
    this.#id = id;
    try {
      const details = this.#unmasked ? await post(`/calls/${id}`) : await get(`/calls/${id}`);
      const back = element("p", {}, element("a", { href: "#live", className: "back" }, "← All calls"));
      const verdict = element("div", { className: `verdict ${details.call.access}` },
          element("h2", {}, verdictOf(details)), ...reasons(details));
      this.#panel.replaceChildren(back, verdict, ...steps(details, hasToken() ? () => this.#toggle() : null));
      announce(verdictOf(details));
    } catch (error) {
      this.#panel.replaceChildren(paragraph("problem", error.message));
    }
    this.#panel.dataset.call = id;
  }

  #toggle() {
    this.#unmasked = !this.#unmasked;
    this.open(this.#id).then(() => this.#panel.querySelector("[aria-pressed]")?.focus());
  }

  /** The request of the open call may have followed its preflight. */
  changed(calls) {
    if (!this.#panel.hidden && calls.some(call => call.id === this.#id)) {
      this.open(this.#id);
    }
  }
}
