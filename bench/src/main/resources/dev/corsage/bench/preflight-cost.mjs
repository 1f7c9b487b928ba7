// Times what was generated for JavaScript. Arguments: what ("javascript" or "cloudfront"), the file,
// how many preflights in a round, how many rounds. Prints the nanoseconds of one, a line for each
// round, and then the status of the last response.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [what, file, count, rounds] = process.argv.slice(2);
const headers = JSON.parse(readFileSync(0, 'utf8'));
let run;
if (what === 'javascript') {
  const { decide } = await import(pathToFileURL(file));
  const request = { method: 'OPTIONS', headers };
  run = () => decide(request).status;
} else {
  // As CloudFront does, which calls a function named handler.
  const handler = new Function(`${readFileSync(file, 'utf8')}; return handler;`)();
  const event = { request: { method: 'OPTIONS', uri: '/', querystring: {}, cookies: {}, headers: {} } };
  for (const name of Object.keys(headers)) {
    event.request.headers[name.toLowerCase()] = { value: headers[name] };
  }
  run = async () => (await handler(event)).statusCode;
}
let status;
for (let round = 0; round < Number(rounds); round++) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < Number(count); i++) {
    status = run();
    if (status instanceof Promise) {
      status = await status;
    }
  }
  console.log(Number(process.hrtime.bigint() - start) / Number(count));
}
console.log(status);
