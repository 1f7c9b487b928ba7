// Small helpers. What requests and responses say is not trusted: it only ever becomes text.

export const byId = id => document.getElementById(id);

/** Makes an element; properties that begin with "on" listen, and what is no property is an attribute. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name in node && name !== "list") {
      node[name] = value;
    } else {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Has assistive technology say something. */
export function announce(text) {
  byId("announcement").textContent = text;
}

export const VERDICTS = {
  "not-checked": "not CORS",
  allowed: "allowed",
  "allowed-without-credentials": "allowed",
  refused: "refused",
};

export function verdictBadge(access) {
  return element("span", { className: `badge ${access}` }, VERDICTS[access] ?? access);
}

/** A button that copies a text and says so. */
export function copyButton(label, text) {
  const button = element("button", {
    type: "button",
    onclick: async () => {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
      announce(`${label}: copied.`);
      setTimeout(() => { button.textContent = label; }, 1500);
    },
  }, label);
  return button;
}

export function showProblem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = !text;
}

export const paragraph = (className, text) => element("p", { className }, text);
