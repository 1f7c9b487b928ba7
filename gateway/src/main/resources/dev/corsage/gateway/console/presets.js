// Calls that show one thing each. What the demo's policy refuses on purpose says so.

const JSON_BODY = '{"name":"rose"}';

const REFUSED_ON_PURPOSE = "The demo’s policy refuses this on every origin, on purpose.";

/** Calls of the demo API, in an order that teaches. */
export const DEMO = [
  { id: "simple", title: "Simple GET", method: "GET", path: "/items",
    about: "A plain read, which any page could also make with an <img> element. It is sent straight away; the policy decides whether the page may read the response." },
  { id: "put", title: "PUT with JSON", method: "PUT", path: "/items/1", headers: "Content-Type: application/json\nX-Demo: corsage", body: JSON_BODY,
    about: "The method, the content type and the X-Demo header each need permission, so the browser asks first." },
  { id: "credentials", title: "GET with a cookie", method: "GET", path: "/me", credentials: "include",
    about: "The cookie travels both ways only if the response names this very origin and allows credentials. Send it twice and the count goes up." },
  { id: "exposed", title: "Response headers", method: "GET", path: "/report",
    about: "The response carries X-Total-Count and X-Internal-Node. The page reads those that the policy exposes." },
  { id: "error", title: "Failing function", method: "GET", path: "/fail",
    about: "The function throws. The page can tell a 500 from a dead network only if the error response has its CORS headers too." },
  { id: "method", title: "DELETE", method: "DELETE", path: "/items/1", refused: true,
    about: `A method needs to be on the policy’s list before a page may use it. ${REFUSED_ON_PURPOSE}` },
  { id: "header", title: "Custom header", method: "GET", path: "/items", headers: "X-Unlisted: 1", refused: true,
    about: `One request header of the page’s own turns a simple GET into one that needs permission. ${REFUSED_ON_PURPOSE}` },
];

/** The same for an API of the user's own, as far as nothing needs to be known of it. */
export const ANY = DEMO
    .filter(preset => !["exposed", "error"].includes(preset.id))
    .map(preset => ({ ...preset, path: "/", refused: false, about: preset.about.replace(REFUSED_ON_PURPOSE, "").trim() }));
