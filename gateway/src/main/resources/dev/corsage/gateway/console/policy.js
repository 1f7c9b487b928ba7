// The policy in force, in an editor: lint's findings as one types, completion from the schema, and
// what another policy would change.

import { announce, copyButton, element, paragraph, verdictBadge } from "./dom.js";
import { get, hasToken, post } from "./server.js";
import { place, suggestions } from "./completion.js";

const PAUSE_BEFORE_LINT = 300;

/** A file without its folders; the whole path is in the tooltip. */
const nameOf = file => file.split(/[/\\]/).pop();

export class Policy {
  #panel;
  #replaced;
  #text;
  #gutter;
  #findings;
  #options;
  #about;
  #result;
  #buttons = {};
  #problems = [];
  #inForce;
  #schema = null;
  #timer = 0;
  #offered = [];
  #chosen = 0;
  #here = null;

  /** Creates the tab; "replaced" is told the setup after the policy has been replaced. */
  constructor(panel, setup, replaced) {
    this.#panel = panel;
    this.#replaced = replaced;
    this.#inForce = setup.policy.document;
    const { policy } = setup;
    const locked = policy.readOnly || (hasToken() ? "" : "To change the policy, open the console by the address that serve printed: it has a token.");
    panel.append(
        element("h2", {}, "The policy in force"),
        element("p", { className: "muted", title: policy.file }, `It comes from ${policy.file ? nameOf(policy.file) : policy.source}. “Try” replaces it for as long as serve runs; only “Save” writes a file.`),
        ...locked ? [paragraph("problem", locked)] : []);
    if (!policy.document && policy.readOnly) {
      return;
    }
    this.#build(policy, Boolean(locked));
    if (!locked) {
      get("/policy.schema.json").then(schema => { this.#schema = schema; });
      this.#lint();
    }
  }

  #build(policy, locked) {
    this.#gutter = element("div", { className: "gutter", "aria-hidden": "true" });
    this.#text = element("textarea", {
      id: "policy-text", className: "code", spellcheck: false, rows: 18, readOnly: locked, value: policy.document,
      "aria-describedby": "policy-help", autocomplete: "off", wrap: "off",
      oninput: () => this.#typed(),
      onscroll: () => { this.#gutter.scrollTop = this.#text.scrollTop; },
      onkeydown: event => this.#key(event),
      onblur: () => this.#offer([]),
    });
    this.#options = element("ul", { className: "options", id: "policy-options", role: "listbox", "aria-label": "What can be written here", hidden: true });
    this.#about = element("p", { className: "muted about", id: "policy-about" });
    this.#findings = element("ol", { className: "findings", id: "policy-findings" });
    this.#result = element("div", { id: "policy-result", role: "status" });
    const button = (name, label, action) => {
      this.#buttons[name] = element("button", { type: "button", id: `policy-${name}`, onclick: action, disabled: locked }, label);
      return this.#buttons[name];
    };
    this.#panel.append(
        element("div", { className: "toolbar" },
            button("try", "Try", () => this.#try()),
            button("compare", "Compare", () => this.#compare()),
            button("undo", "Back to the one in force", () => this.#set(this.#inForce)),
            policy.file ? button("save", `Save to ${nameOf(policy.file)}`, () => this.#save()) : null,
            copyButton("Copy", () => this.#text.value)),
        // Below its buttons, where it is seen at once.
        this.#result,
        element("div", { className: "editing" },
            element("div", { className: "editor" },
                element("label", { htmlFor: "policy-text" }, "Policy document (JSON)"),
                element("div", { className: "lines" }, this.#gutter, this.#text),
                this.#options, this.#about,
                element("p", { className: "muted", id: "policy-help" }, "Ctrl+Space shows what can be written here.")),
            element("div", { className: "beside" }, element("h3", {}, "Findings of lint"), this.#findings)));
    this.#number();
  }

  #set(document) {
    this.#text.value = document;
    this.#typed();
  }

  #number() {
    const worst = new Map();
    for (const { line, severity } of this.#problems) {
      if (worst.get(line) !== "error") {
        worst.set(line, severity);
      }
    }
    const lines = this.#text.value.split("\n").length;
    const markers = { error: "✕", warning: "!", info: "i" };
    this.#gutter.replaceChildren(...Array.from({ length: lines }, (ignored, index) => element("div",
        { className: worst.get(index + 1) ?? "" }, `${markers[worst.get(index + 1)] ?? ""} ${index + 1}`)));
    this.#gutter.scrollTop = this.#text.scrollTop;
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lint(), PAUSE_BEFORE_LINT);
    this.#number();
    this.#complete(false);
  }

  async #lint() {
    const document = this.#text.value;
    try {
      const { problems } = await post("/policy/lint", document);
      if (document !== this.#text.value) {
        return;
      }
      this.#problems = problems;
    } catch (error) {
      this.#problems = [{ severity: "error", line: 1, column: 1, message: error.message, fix: "", code: "", field: "" }];
    }
    this.#number();
    this.#findings.replaceChildren(...this.#problems.map(problem => element("li", { className: problem.severity },
        element("button", { type: "button", onclick: () => this.#goTo(problem) }, `Line ${problem.line}`),
        element("span", {}, ` ${problem.severity}: ${problem.field} ${problem.message} `, element("em", {}, problem.fix),
            element("span", { className: "muted" }, ` ${problem.code}`)))));
    if (!this.#problems.length) {
      this.#findings.replaceChildren(element("li", { className: "muted" }, "Nothing is wrong."));
    }
    const wrong = this.#problems.some(problem => problem.severity === "error");
    for (const name of ["try", "compare", "save"]) {
      if (this.#buttons[name]) {
        this.#buttons[name].disabled = wrong;
      }
    }
    this.#panel.dataset.linted = document.length;
  }

  #goTo({ line, column }) {
    const lines = this.#text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.#text.focus();
    this.#text.setSelectionRange(start + column - 1, start + (lines[line - 1]?.length ?? 0));
  }

  // ---- Completion ----

  #complete(asked) {
    if (!this.#schema || this.#text.selectionStart !== this.#text.selectionEnd) {
      return;
    }
    this.#here = place(this.#text.value.slice(0, this.#text.selectionStart));
    const wanted = asked || (this.#here.typed && this.#here.expects === "key");
    const found = wanted ? suggestions(this.#schema, this.#here) : [];
    this.#offer(found.length === 1 && found[0].label === this.#here.typed ? [] : found);
  }

  #offer(found) {
    this.#offered = found;
    this.#chosen = 0;
    this.#options.hidden = found.length === 0;
    this.#options.replaceChildren(...found.map((option, index) => element("li", {
      role: "option", id: `policy-option-${index}`,
      // Before the editor loses the focus.
      onmousedown: event => { event.preventDefault(); this.#insert(option); },
    }, option.label)));
    this.#mark();
  }

  #mark() {
    [...this.#options.children].forEach((option, index) =>
      option.setAttribute("aria-selected", String(index === this.#chosen)));
    const option = this.#offered[this.#chosen];
    this.#about.textContent = option?.about ?? "";
    if (option) {
      this.#text.setAttribute("aria-activedescendant", `policy-option-${this.#chosen}`);
      this.#text.setAttribute("aria-controls", "policy-options");
      announce(`${option.label}. ${option.about}`);
      this.#options.children[this.#chosen].scrollIntoView({ block: "nearest" });
    } else {
      this.#text.removeAttribute("aria-activedescendant");
    }
  }

  #key(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.#complete(true);
    } else if (!this.#offered.length) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : this.#offered.length - 1;
      this.#chosen = (this.#chosen + step) % this.#offered.length;
      this.#mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      this.#insert(this.#offered[this.#chosen]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.#offer([]);
    }
  }

  #insert({ text }) {
    const caret = this.#text.selectionStart;
    const after = this.#text.value.slice(caret);
    // An editor may have closed the string already.
    const rest = text.endsWith(": ") ? after.replace(/^"?\s*:?[ ]?/, "") : after;
    this.#text.value = this.#text.value.slice(0, this.#here.start) + text + rest;
    const end = this.#here.start + text.length;
    this.#text.setSelectionRange(end, end);
    this.#offer([]);
    this.#typed();
  }

  // ---- Try, compare, save ----

  async #run(action) {
    this.#result.replaceChildren(paragraph("muted", "…"));
    try {
      this.#result.replaceChildren(...await action(this.#text.value));
    } catch (error) {
      this.#result.replaceChildren(paragraph("problem", error.message));
    }
  }

  #try() {
    return this.#run(async document => {
      const setup = await post("/policy/try", document);
      this.#inForce = document;
      this.#replaced(setup);
      const pages = setup.pages.map(page => `${page.origin} is ${page.allowed ? "allowed" : "refused"}`);
      return [element("p", { className: "verdict allowed" }, element("strong", {}, "In force. "),
          `${pages.join(", ")}. Call again and see; no file was changed.`)];
    });
  }

  #save() {
    return this.#run(async document => {
      const { policy } = await post("/policy/save", document);
      return [element("p", { className: "verdict allowed" }, `Written to ${policy.file}. Press “Try” to put it in force here too.`)];
    });
  }

  #compare() {
    return this.#run(async document => {
      const { compared, different, calls } = await post("/policy/compare", document);
      if (!different) {
        return [paragraph("verdict", `The ${compared} recorded calls would all be decided as now.`)];
      }
      const row = ({ call, now, then }) => element("tr", {},
          element("td", {}, element("a", { href: `#why-${call.id}` }, `${call.method} ${call.path.split("?")[0]}`)),
          element("td", {}, call.origin ?? "no origin"),
          element("td", {}, verdictBadge(now.allowed ? "allowed" : "refused"), ` ${now.reason}`),
          element("td", {}, verdictBadge(then.allowed ? "allowed" : "refused"), ` ${then.reason}`));
      const head = element("tr", {}, ...["Call", "Origin", "Now", "Then"].map(name => element("th", { scope: "col" }, name)));
      return [paragraph("verdict", `Of ${compared} recorded calls, ${different} would be decided otherwise.`),
        element("div", { className: "scrolls", tabIndex: 0, role: "region", "aria-label": "Calls that would be decided otherwise" },
            element("table", {}, element("thead", {}, head), element("tbody", {}, ...calls.map(row))))];
    });
  }
}
