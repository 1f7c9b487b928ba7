// Prints the Terraform files of folders as JSON, by folder. A string with an expression in it is
// {"$expression": its syntax tree}.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getExpressionAst, parse } from "@cdktf/hcl2json";

function endOfInterpolation(text) {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "{") depth++;
    if (text[i] === "}" && --depth === 0) return i;
  }
  return -1;
}

async function expression(text) {
  const whole = text.startsWith("${") && endOfInterpolation(text) === text.length - 1;
  const source = whole ? text.slice(2, -1).trim() : `"${text}"`;
  const bytes = Buffer.from(source);
  const named = (node) => ({
    type: node.type,
    meta: node.meta,
    text: node.range && bytes.subarray(node.range.start.byte, node.range.end.byte).toString(),
    children: node.children.map(named),
  });
  return { $expression: named(await getExpressionAst("expression.tf", source)) };
}

async function withExpressions(value) {
  if (typeof value === "string") {
    return value.includes("${") ? expression(value) : value;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(withExpressions));
  }
  if (value && typeof value === "object") {
    const entries = Object.entries(value);
    return Object.fromEntries(
      await Promise.all(entries.map(async ([name, v]) => [name, await withExpressions(v)])));
  }
  return value;
}

// Blocks of the same type are in several files: variables, resources by type, locals.
function merge(into, from) {
  for (const [name, value] of Object.entries(from)) {
    if (Array.isArray(value)) {
      into[name] = [...(into[name] ?? []), ...value];
    } else if (value && typeof value === "object") {
      into[name] = merge(into[name] ?? {}, value);
    } else {
      into[name] = value;
    }
  }
  return into;
}

const folders = {};
for (const folder of process.argv.slice(2)) {
  folders[folder] = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tf"))) {
    const content = await parse(file, readFileSync(join(folder, file), "utf8"));
    merge(folders[folder], await withExpressions(content));
  }
}
process.stdout.write(JSON.stringify(folders));
