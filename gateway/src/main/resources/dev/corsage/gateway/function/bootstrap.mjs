// A client of the Lambda Runtime API for Node.js functions.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
// For machines without AWS's own client (aws-lambda-ric), which has a native part.
// Usage: node bootstrap.mjs FILE.FUNCTION, in the folder of the function.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const [address, secret] = process.env.AWS_LAMBDA_RUNTIME_API.split('/', 2);
const [host, port] = address.split(':');
const base = `${secret ? `/${secret}` : ''}/2018-06-01/runtime/`;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const streaming = Symbol('streaming');
let invocation = null;

function call(method, operation, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const options = { host, port, agent, method, path: base + operation, headers: { ...headers, ...length } };
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function report(operation, error) {
  console.error(error);
  const known = error instanceof Error;
  return call('POST', operation, JSON.stringify({
    errorMessage: known ? error.message : String(error),
    errorType: known ? error.name : typeof error,
    stackTrace: known && error.stack ? error.stack.split('\n') : [],
  }));
}

// https://docs.aws.amazon.com/lambda/latest/dg/response-streaming.html
class ResponseStream extends Writable {
  chunks = [];
  contentType = 'application/octet-stream';

  _write(chunk, encoding, done) {
    this.chunks.push(chunk);
    done();
  }

  setContentType(type) {
    this.contentType = type;
  }
}

globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(
    (event, stream, context) => handler(event, stream, context), { [streaming]: true }),
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      stream.write(JSON.stringify(prelude));
      stream.write(Buffer.alloc(8));
      return stream;
    },
  },
};

async function load(handler) {
  const folder = path.dirname(handler);
  const [file, ...names] = path.basename(handler).split('.');
  const bare = path.resolve(folder, file);
  const found = ['', '.js', '.mjs', '.cjs'].map((ending) => bare + ending)
    .find((candidate) => fs.existsSync(candidate) && fs.statSync(candidate).isFile());
  if (!found) {
    throw new Error(`There is no ${file}.js, ${file}.mjs or ${file}.cjs in ${path.dirname(bare)}`);
  }
  const module = await import(pathToFileURL(found).href);
  const of = (object) => names.reduce((value, name) => value?.[name], object);
  const result = of(module) ?? of(module.default);
  if (typeof result !== 'function') {
    throw new Error(`${handler} is not a function`);
  }
  return result;
}

function context(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: `/aws/lambda/${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
    logStreamName: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function buffered(handler, event, about) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, { ...about, done: callback, succeed: resolve, fail: reject }, callback);
    // A handler that returns no promise calls back.
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    }
  });
}

async function streamed(handler, event, about) {
  const stream = new ResponseStream();
  const finished = new Promise((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
  });
  await Promise.all([handler(event, stream, about), finished]);
  return stream;
}

async function respond(handler, event, about) {
  const operation = `${invocation}/response`;
  if (handler[streaming]) {
    const stream = await streamed(handler, event, about);
    await call('POST', operation, Buffer.concat(stream.chunks), {
      'Content-Type': stream.contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
    });
  } else {
    const result = await buffered(handler, event, about);
    await call('POST', operation, JSON.stringify(result === undefined ? null : result));
  }
}

async function fatal(error) {
  await report(invocation ? `${invocation}/error` : 'init/error', error).catch(() => {});
  process.exit(1);
}

process.on('uncaughtException', fatal);
process.on('unhandledRejection', fatal);

const handler = await load(process.argv[2]);
for (;;) {
  const next = await call('GET', 'invocation/next');
  invocation = `invocation/${next.headers['lambda-runtime-aws-request-id']}`;
  try {
    await respond(handler, JSON.parse(next.body), context(next.headers));
  } catch (error) {
    await report(`${invocation}/error`, error);
  }
}
