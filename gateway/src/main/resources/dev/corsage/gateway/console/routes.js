// The APIs and where requests go: page, gateway, authorizer, target; and where a preflight ends.

import { element, paragraph } from "./dom.js";

const STOPS = ["page", "gateway", "authorizer", "target"];

function stop(name, title, text, marks = []) {
  return element("li", { className: `stop ${name}` }, element("span", { className: "muted" }, title),
      element("span", { className: "what" }, text), ...marks);
}

function lane(label, note, stops) {
  return element("div", { className: "lane" }, element("h4", {}, label),
      element("ol", { className: "way", "aria-label": label }, ...stops),
      note ? paragraph("muted", note) : null);
}

function routeView(api, route, findings) {
  const passes = STOPS.slice(0, STOPS.indexOf(route.preflight.ends) + 1);
  const end = name => name === route.preflight.ends ? [element("strong", { className: "end" }, "the preflight ends here")] : [];
  const preflight = [
    stop("page", "Page", "OPTIONS"),
    stop("gateway", "Gateway", api.kind, end("gateway")),
    passes.includes("authorizer") && route.preflight.ends === "authorizer" ? stop("authorizer", "Authorizer", route.authorizer ?? "authorizer", end("authorizer")) : null,
    route.preflight.ends === "target" ? stop("target", "Function", route.preflight.note.replace(/^.* leads to /, "").replace(/\.$/, ""), end("target")) : null,
  ];
  const request = [
    stop("page", "Page", route.method === "ANY" ? "any method" : route.method),
    stop("gateway", "Gateway", api.kind),
    route.authorizer ? stop("authorizer", "Authorizer", route.authorizer) : null,
    stop("target", "Target", route.target, route.runs ? [element("span", { className: "muted" }, route.runs)] : []),
  ];
  const own = findingsOf(route, findings);
  return element("details", { open: own.some(finding => finding.severity === "error") || api.routes.length < 4 },
      element("summary", {}, element("code", {}, route.key), own.length ? element("span", { className: "badge refused" }, own.length === 1 ? "1 finding" : `${own.length} findings`) : null),
      lane("Preflight", route.preflight.note, preflight),
      route.method === "OPTIONS" ? null : lane("Request", "", request),
      ...own.map(findingView));
}

const findingsOf = (route, findings) =>
  findings.filter(finding => route.property && finding.property.startsWith(route.property));

function findingView(finding) {
  return element("p", { className: `finding ${finding.severity}` }, element("strong", {}, finding.severity), ` ${finding.place} `,
      element("code", {}, finding.property), ` ${finding.message} `, element("em", {}, finding.fix),
      element("span", { className: "muted" }, ` ${finding.code}`));
}

export function showRoutes(panel, { apis, findings, title }) {
  panel.append(element("h2", {}, `Routes of ${title}`),
      paragraph("muted", "A request takes the first route that fits. Preflights carry no credentials: whatever asks for them refuses the preflight."));
  const ofRoutes = new Set(apis.flatMap(api => api.routes.flatMap(route => findingsOf(route, findings))));
  for (const api of apis) {
    panel.append(element("section", { className: "api", "aria-label": api.id },
        element("h3", {}, api.kind, " ", element("code", {}, api.id), " ", element("code", { className: "muted" }, api.origin),
            api.builtInCors ? element("span", { className: "badge" }, "built-in CORS") : null),
        ...api.routes.map(route => routeView(api, route, findings))));
  }
  const others = findings.filter(finding => !ofRoutes.has(finding));
  if (others.length) {
    panel.append(element("h3", {}, "Other findings of lint"), ...others.map(findingView));
  }
}
