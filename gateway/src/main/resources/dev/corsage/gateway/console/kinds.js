// By what a page makes a request, as `explain --as` has it: what the page chooses of each, and what
// it learns. fetch(), the first, has everything.

const ALL = ["same-origin", "include", "omit"];
const ELEMENT = { method: "GET", credentials: ["same-origin", "include"], needs: "an image" };

/** By key; `needs` is what the response has to be, whatever CORS says. */
export const KINDS = {
  fetch: { title: "fetch()", methods: true, headers: true, body: true, credentials: ALL },
  "xhr-upload": { title: "XMLHttpRequest with a listener on its upload", method: "POST", methods: true, headers: true, body: true, credentials: ["same-origin", "include"] },
  beacon: { title: "sendBeacon()", method: "POST", headers: true, body: true, credentials: ["include"] },
  "no-cors": { title: "fetch() with the mode no-cors", methods: true, headers: true, body: true, credentials: ALL },
  img: { ...ELEMENT, title: "<img crossorigin>" },
  font: { ...ELEMENT, title: "@font-face", credentials: ["same-origin"], needs: "a font" },
  module: { ...ELEMENT, title: "<script type=\"module\">", needs: "a script with the type text/javascript" },
  eventsource: { ...ELEMENT, title: "EventSource", needs: "a stream of events with the status 200" },
};
