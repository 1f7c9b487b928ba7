// A call as text to paste elsewhere.

const quoted = text => `'${String(text).replaceAll("'", "'\\''")}'`;

/** What curl sets itself, or what belongs to the connection. */
const NOT_FOR_CURL = /^(host|connection|content-length|accept-encoding)$/i;

const headerOf = (exchange, name) =>
  exchange.requestHeaders.find(([other]) => other.toLowerCase() === name)?.[1];

export const urlOf = ({ scheme, request, preflight }) =>
  `${scheme}://${headerOf(request ?? preflight, "host")}${(request ?? preflight).path}`;

/** The exchange that decided, as a command for a shell. */
export function curl(details) {
  const exchange = details.request ?? details.preflight;
  const headers = exchange.requestHeaders
      .filter(([name]) => !NOT_FOR_CURL.test(name))
      .map(([name, value]) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`);
  // A method may have "|", "`" and "$" in it, which a shell would take for its own; a path, what curl
  // takes for a range of paths without -g.
  const head = exchange.method === "HEAD" ? "--head" : `-X ${quoted(exchange.method)}`;
  return `curl -gi ${head} ${quoted(urlOf(details))}${headers.join("")}\n`;
}

/** The exchange that decided, as a line for corsage decide --policy FILE. */
export function decideLine({ request, preflight }) {
  const exchange = request ?? preflight;
  const headers = {};
  for (const [name, value] of exchange.requestHeaders) {
    if (/^(origin|host|access-control-.*)$/i.test(name)) {
      (headers[name] ??= []).push(value);
    }
  }
  const path = exchange.path.split("?")[0];
  return `${JSON.stringify({ request: { method: exchange.method, headers, path } })}\n`;
}

function block(exchange) {
  const lines = [`${exchange.method} ${exchange.path}`];
  lines.push(...exchange.requestHeaders.map(([name, value]) => `${name}: ${value}`), "");
  lines.push(String(exchange.status), ...exchange.responseHeaders.map(([name, value]) => `${name}: ${value}`));
  return ["```", ...lines, "```", ""].join("\n");
}

/** Everything about a call, in Markdown. */
export function issueText(details) {
  const { call, why, preflight, request } = details;
  const parts = [`### CORS: ${call.method} ${call.path.split("?")[0]} from ${call.origin ?? "no origin"}`, "", why?.summary ?? ""];
  if (why?.remedy) {
    parts.push("", `**Remedy:** ${why.remedy}`);
  }
  if (why?.step) {
    parts.push("", `Decided by: [${why.step}](${why.standard}) (\`${why.key}\`)`);
  }
  for (const [browser, text] of Object.entries(why?.console ?? {})) {
    parts.push("", `${browser}: ${text}`);
  }
  if (preflight) {
    parts.push("", "Preflight:", block(preflight));
  }
  if (request) {
    parts.push("", "Request:", block(request));
  }
  return `${parts.join("\n")}\n`;
}
