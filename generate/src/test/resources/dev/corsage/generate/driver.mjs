// Runs generated JavaScript for the tests: one task a line, one result a line, both JSON.
import { createInterface } from 'node:readline';

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

  // What wrapped handlers return for events: each exchange has an event, and what the handler is to
  // return, as JSON; null for one that throws.
  async wrap({ source, exchanges }) {
    const { cors } = await load(source);
    const results = [];
    for (const { event, returns } of exchanges) {
      let called = false;
      const handler = cors((received) => {
        called = JSON.stringify(received) === JSON.stringify(JSON.parse(event));
        if (returns === null) {
          throw new Error('of the test');
        }
        return JSON.parse(returns);
      });
      try {
        const response = await handler(JSON.parse(event), {});
        results.push({ called, response });
      } catch {
        results.push({ called, thrown: true });
      }
    }
    return results;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line);
  try {
    console.log(JSON.stringify({ result: await tasks[task.task](task) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.stack) }));
  }
}
