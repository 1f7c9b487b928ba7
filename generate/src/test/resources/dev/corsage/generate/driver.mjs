// Runs generated JavaScript for the tests: one task a line, one result a line, both JSON.
import { createInterface } from 'node:readline';

// Wrappers log every refusal and every failure; each stack would have the source in it.
console.warn = () => {};
console.error = () => {};

const modules = new Map();

// The same source is loaded once, in the order in which it comes.
async function load(source) {
  if (!modules.has(source)) {
    modules.clear();
    const base64 = Buffer.from(source).toString('base64');
    modules.set(source, await import(`data:text/javascript;base64,${base64}`));
  }
  return modules.get(source);
}

const tasks = {
  // What a module decides on requests.
  async decide({ source, requests }) {
    const { decide } = await load(source);
    return requests.map((request) => decide(request));
  },

  // What a wrapped handler does: on each event, once for each response that it is to return. These
  // are JSON; for null it throws.
  async wrap({ source, exchanges }) {
    const { cors } = await load(source);
    const results = [];
    for (const { event, responses } of exchanges) {
      for (const response of responses) {
        results.push(await exchange(cors, event, response));
      }
    }
    return results;
  },

  // What both CloudFront functions together send for requests.
  async edge({ source, requests }) {
    const { request, response, store } = JSON.parse(source);
    const keys = new Set(store === '' ? [] : JSON.parse(store).data.map(({ key }) => key));
    const onRequest = loadFunction(request, keys);
    const onResponse = loadFunction(response, keys);
    const results = [];
    for (const each of requests) {
      results.push(await atTheEdge(onRequest, onResponse, edgeRequest(each)));
    }
    return results;
  },
};

async function exchange(cors, event, response) {
  const calls = [];
  const handler = cors((received) => {
    calls.push(JSON.stringify(received));
    if (response === null) {
      throw new Error('of the handler');
    }
    return JSON.parse(response);
  });
  const result = {};
  try {
    result.response = await handler(JSON.parse(event), {});
  } catch (error) {
    result.thrown = error.message;
  }
  const passed = calls.length === 1 && calls[0] === JSON.stringify(JSON.parse(event));
  return { ...result, calls: calls.length, passed };
}

// Loads a CloudFront function, whose only import is the module of its key value store.
function loadFunction(code, store) {
  const cf = { kvs: () => ({ exists: async (key) => store.has(key) }) };
  const withoutImport = code.replace("import cf from 'cloudfront';", '');
  return new Function('cf', `${withoutImport}\nreturn handler;`)(cf);
}

function edgeRequest({ method, headers }) {
  const all = {};
  for (const [name, lines] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const values = [...(all[key]?.multiValue ?? (all[key] ? [all[key]] : [])),
      ...lines.map((value) => ({ value }))];
    if (values.length > 0) {
      all[key] = values.length === 1 ? values[0] : { ...values[0], multiValue: values };
    }
  }
  return { method, uri: '/a', querystring: {}, cookies: {}, headers: all };
}

// What is sent for a request: by the function of the request, or else by the origin, whose response
// has headers that nobody should see, and then by the function of the response.
async function atTheEdge(onRequest, onResponse, request) {
  const event = { version: '1.0', context: {}, viewer: { ip: '192.0.2.1' }, request };
  const before = JSON.stringify(request);
  const made = await onRequest(JSON.parse(JSON.stringify(event)));
  if (made.statusCode !== undefined) {
    return shown(made.statusCode, made.headers);
  }
  if (JSON.stringify(made) !== before) {
    throw new Error(`The request has changed: ${JSON.stringify(made)}`);
  }
  const response = {
    statusCode: 200,
    statusDescription: 'OK',
    cookies: { a: { value: 'b' } },
    headers: {
      'access-control-allow-origin': { value: 'https://evil.test' },
      'access-control-max-age': { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
      'content-type': { value: 'text/plain' },
      vary: { value: 'x', multiValue: [{ value: 'accept' }, { value: 'origin, Accept' }] },
    },
  };
  const sent = await onResponse({ ...event, response });
  const { vary, 'content-type': type, ...others } = sent.headers;
  if (type.value !== 'text/plain' || sent.cookies.a.value !== 'b' || sent.statusCode !== 200) {
    throw new Error(`The response has changed: ${JSON.stringify(sent)}`);
  }
  const varies = linesOfEdge(vary).join(', ');
  if (varies === 'accept, origin') {
    return shown(null, { ...others, vary: { value: 'Origin' } });
  }
  if (varies !== 'accept, origin, Accept') {
    throw new Error(`Vary has changed: ${varies}`);
  }
  return shown(null, others);
}

function linesOfEdge(header) {
  return header.multiValue ? header.multiValue.map(({ value }) => value) : [header.value];
}

function shown(status, headers) {
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, header]) => [name, linesOfEdge(header)])),
  };
}

let source;
for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  source = task.source ?? source;
  try {
    console.log(JSON.stringify({ result: await tasks[task.task]({ ...task, source }) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.stack) }));
  }
}
