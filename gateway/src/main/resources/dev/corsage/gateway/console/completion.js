// What can be written at a place of a policy document, by its JSON Schema.

/** Returns where the caret is: the keys around it, and what has been typed of a key or a value. */
export function place(text) {
  const stack = [];
  let at = 0;
  const top = () => stack[stack.length - 1];
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (end < 0) {
        return described(stack, text.slice(at + 1), at + 1);
      }
      const string = text.slice(at + 1, end);
      if (top()?.keys && top().expects === "key") {
        top().key = string;
        top().keys.add(string);
      }
      at = end;
    } else if (character === "{") {
      stack.push({ keys: new Set(), expects: "key", key: null });
    } else if (character === "[") {
      stack.push({ keys: null, expects: "value" });
    } else if (character === "}" || character === "]") {
      stack.pop();
    } else if (character === ":" && top()) {
      top().expects = "value";
    } else if (character === "," && top()?.keys) {
      top().expects = "key";
      top().key = null;
    }
    at++;
  }
  const word = /[A-Za-z$]*$/.exec(text)[0];
  return described(stack, word, text.length - word.length, true);
}

function endOfString(text, start) {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") {
      at++;
    } else if (text[at] === '"') {
      return at;
    } else if (text[at] === "\n") {
      return -1;
    }
  }
  return -1;
}

function described(stack, typed, start, bare = false) {
  const top = stack[stack.length - 1];
  const path = stack.slice(0, -1).map(level => level.keys ? level.key : "[]");
  return { path, typed, start, bare, key: top?.key ?? null, keys: top?.keys ?? new Set(),
    expects: top?.expects ?? null };
}

function resolved(schema, root) {
  return schema?.$ref ? resolved(root.$defs[schema.$ref.split("/").pop()], root) : schema;
}

/** Returns the properties of the object at a path. */
function properties(schema, path) {
  let known = [schema.$defs.policy, schema.$defs.policies];
  for (const step of path) {
    known = known.map(one => resolved(step === "[]" ? one?.items : one?.properties?.[step], schema)).filter(Boolean);
  }
  return known.reduceRight((all, one) => ({ ...all, ...one.properties }), {});
}

/** Returns what can be written at a place: texts to insert from its start on, and what they mean. */
export function suggestions(schema, here) {
  const offered = properties(schema, here.path);
  if (here.expects === "key") {
    return Object.entries(offered)
        .filter(([name, key]) => !here.keys.has(name) && !key.deprecated && key.type !== "null")
        .filter(([name]) => name.toLowerCase().startsWith(here.typed.toLowerCase()))
        .map(([name, key]) => ({ label: name, text: `${here.bare ? '"' : ""}${name}": `, about: key.description ?? "" }));
  }
  const key = resolved(offered[here.key], schema);
  if (here.expects !== "value" || !key || !here.bare) {
    return [];
  }
  const values = [key.type].flat().includes("boolean") ? [true, false] : [...key.examples ?? [], key.default];
  return values.filter(value => value !== undefined)
      .map(value => JSON.stringify(value))
      .filter(text => text.startsWith(here.typed))
      .map(text => ({ label: text, text, about: key.description ?? "" }));
}
