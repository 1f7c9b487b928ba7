// Calls the API that ?api= names, with credentials, and shows what the browser let this page see.
// What comes from the API only ever becomes text.

const CALLS = [
  { name: "GET /items", path: "/items" },
  {
    name: "PUT /items/1, as JSON",
    path: "/items/1",
    init: {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: '{"name":"rose"}',
    },
  },
  { name: "GET /me, with a cookie", path: "/me" },
  { name: "GET /report, and its header X-Total-Count", path: "/report", header: "x-total-count" },
  { name: "GET /fail, which throws", path: "/fail" },
];

const byId = id => document.getElementById(id);

async function attempt(api, call) {
  try {
    const response = await fetch(api + call.path, { credentials: "include", ...call.init });
    const body = await response.text();
    const header = call.header ? `; ${call.header}: ${response.headers.get(call.header)}` : "";
    return { outcome: "read", text: `${response.status} ${body}${header}` };
  } catch (error) {
    // The same for a refused call and for a server that is not there; the console knows more.
    return { outcome: "blocked", text: `${error.name}: ${error.message}` };
  }
}

async function run(api) {
  let read = 0;
  for (const call of CALLS) {
    const { outcome, text } = await attempt(api, call);
    read += outcome === "read";
    const row = byId("results").insertRow();
    row.insertCell().textContent = call.name;
    const cell = row.insertCell();
    cell.className = outcome;
    cell.textContent = text;
  }
  byId("status").textContent = `Done: ${read} of ${CALLS.length} calls could be read.`;
}

byId("here").textContent = location.origin;
const api = new URLSearchParams(location.search).get("api");
if (api) {
  byId("api").value = api;
  run(api.replace(/\/+$/, ""));
}
