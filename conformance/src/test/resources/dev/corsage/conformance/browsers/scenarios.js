// Carries out the steps of a scenario, one after the other; says what JavaScript sees. It uses
// nothing outside of it: its text also runs in workers and frames.
const scenario = async steps => {
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

  const asFetch = async step => {
    const init = {signal: step.signal};
    for (const name of ['method', 'headers', 'body', 'credentials', 'mode', 'redirect', 'cache',
      'referrerPolicy', 'keepalive', 'integrity', 'targetAddressSpace']) {
      if (name in step) init[name] = step[name];
    }
    if (step.as === 'stream') {
      init.duplex = 'half';
      init.body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('streamed'));
          controller.close();
        },
      });
    }
    let response;
    try {
      response = await fetch(step.url, init);
    } catch (error) {
      // As if nobody had caught it: that is what the console shows.
      if (globalThis.document) reportError(error);
      return 'refused';
    }
    if (response.type.startsWith('opaque')) return response.type;
    const headers = (step.read ?? []).map(name => `${name}=${response.headers.get(name)}`);
    await response.text();
    if (step.timing) {
      // The entry comes after the body.
      await pause(200);
      const [entry] = performance.getEntriesByName(response.url || step.url);
      headers.push(entry?.requestStart > 0 ? 'timed' : 'not timed');
    }
    return [response.status, ...headers].join(' ');
  };

  const asXhr = step => new Promise(done => {
    const xhr = new XMLHttpRequest();
    xhr.open(step.method ?? 'GET', step.url);
    xhr.withCredentials = step.credentials === 'include';
    for (const [name, value] of Object.entries(step.headers ?? {})) {
      xhr.setRequestHeader(name, value);
    }
    if (step.as === 'xhr-upload') xhr.upload.onprogress = () => {};
    xhr.onload = () => done([xhr.status, ...(step.read ?? []).map(
      name => `${name}=${xhr.getResponseHeader(name)}`)].join(' '));
    xhr.onerror = () => done('refused');
    xhr.send(step.body ?? null);
  });

  const asElement = (element, attribute, step) => new Promise(done => {
    element.onload = () => done('loaded');
    element.onerror = () => done('refused');
    if ('crossorigin' in step) element.crossOrigin = step.crossorigin;
    element[attribute] = step.url;
    document.head.append(element);
  });

  const asEvents = step => new Promise(done => {
    const events = new EventSource(step.url, {withCredentials: step.credentials === 'include'});
    const end = seen => {
      events.close();
      done(seen);
    };
    events.onmessage = () => end('loaded');
    events.onerror = () => end('refused');
  });

  const kinds = {
    'fetch': asFetch,
    'stream': asFetch,
    'xhr': asXhr,
    'xhr-upload': asXhr,
    'beacon': async step => {
      const data = step.type ? new Blob([step.body], {type: step.type}) : step.body;
      const queued = navigator.sendBeacon(step.url, data);
      await pause(400);
      return queued ? 'queued' : 'not queued';
    },
    'img': step => asElement(new Image(), 'src', step),
    'script': step => asElement(document.createElement('script'), 'src', step),
    'module': step => asElement(
      Object.assign(document.createElement('script'), {type: 'module'}), 'src', step),
    'style': step => asElement(
      Object.assign(document.createElement('link'), {rel: 'stylesheet'}), 'href', step),
    'font': step => new FontFace('Triangle', `url("${step.url}")`).load()
      .then(() => 'loaded', () => 'refused'),
    'eventsource': asEvents,
  };

  const seen = [];
  for (const step of steps) {
    const controller = new AbortController();
    step.signal = controller.signal;
    const limit = pause(step.limit ?? 30000).then(() => 'pending');
    try {
      seen.push(await Promise.race([kinds[step.as ?? 'fetch'](step), limit]));
    } catch {
      seen.push('refused');
    }
    controller.abort();
    if (step.pause) await pause(step.pause);
  }
  return seen.join('; ');
};

// Where a scenario runs, in a page.
const places = {
  page: scenario,
  sandboxed: steps => inFrame(steps, (frame, html) => {
    frame.sandbox = 'allow-scripts';
    frame.srcdoc = html;
  }),
  'data-frame': steps => inFrame(steps, (frame, html) => {
    frame.src = `data:text/html,${encodeURIComponent(html)}`;
  }),
  'blob-worker': steps => inWorker(steps, code => URL.createObjectURL(new Blob([code]))),
  'data-worker': steps => inWorker(steps, code => `data:text/javascript,${encodeURIComponent(code)}`),
};

const inFrame = (steps, fill) => new Promise(done => {
  const frame = document.createElement('iframe');
  addEventListener('message', event => {
    if (event.source === frame.contentWindow) done(event.data);
  });
  const input = JSON.stringify(steps).replaceAll('<', '\\u003c');
  fill(frame, `<!doctype html><meta charset=utf-8><script>const scenario = ${scenario};
    scenario(${input}).then(seen => parent.postMessage(seen, '*'))</${'script'}>`);
  document.body.append(frame);
});

const inWorker = (steps, url) => new Promise(done => {
  const worker = new Worker(url(`const scenario = ${scenario};
    onmessage = event => scenario(event.data).then(postMessage)`));
  worker.onmessage = event => done(event.data);
  worker.onerror = () => done('no worker');
  worker.postMessage(steps);
});

// Runs scenarios, some at a time; resolves with what each has seen, by its id.
const runScenarios = async (scenarios, atATime) => {
  performance.setResourceTimingBufferSize(10000);
  const seen = {};
  const waiting = [...scenarios];
  const next = async () => {
    for (let one; (one = waiting.shift());) {
      seen[one.id] = await places[one.place](one.steps);
    }
  };
  await Promise.all(Array.from({length: atATime}, next));
  return seen;
};
