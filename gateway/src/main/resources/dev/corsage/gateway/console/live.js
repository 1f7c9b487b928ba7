// The list of calls as they come. Only the rows that are in view exist, so thousands stay fast.

import { announce, byId, element, verdictBadge } from "./dom.js";

const MARGIN = 5;

export class Live {
  #calls = new Map();
  #shown = [];
  #clearedUpTo = 0;
  #paused = null;
  #kept;
  #focused = 0;
  #list = byId("live-rows");
  #frame = 0;

  constructor({ kept, apis }) {
    this.#kept = kept;
    const origins = apis.map(api => element("code", {}, api.origin));
    byId("live-apis").append(...origins.flatMap((origin, i) => i ? [" or ", origin] : [origin]));
    this.#list.append(element("div", { className: "spacer" }));
    for (const id of ["live-text", "live-verdict", "live-method"]) {
      byId(id).addEventListener("input", () => this.#refresh());
    }
    byId("live-pause").addEventListener("click", () => this.#pause());
    byId("live-clear").addEventListener("click", () => this.#clear());
    this.#list.addEventListener("scroll", () => this.#later());
    addEventListener("resize", () => this.#later());
    this.#list.addEventListener("keydown", event => this.#move(event));
  }

  /** Adds calls, or changes those that are there. */
  add(calls) {
    if (this.#paused) {
      this.#paused.push(...calls);
      this.#paused = this.#paused.slice(-this.#kept);
    } else {
      calls.filter(call => call.id > this.#clearedUpTo).forEach(call => this.#calls.set(call.id, call));
      for (const id of this.#calls.keys()) {
        if (this.#calls.size <= this.#kept) {
          break;
        }
        this.#calls.delete(id);
      }
      this.#methods(calls);
    }
    this.#refresh();
  }

  #methods(calls) {
    const select = byId("live-method");
    const known = new Set([...select.options].map(option => option.value));
    for (const { method } of calls) {
      if (!known.has(method) && known.size < 50) {
        known.add(method);
        select.append(element("option", { value: method }, method));
      }
    }
  }

  #pause() {
    const held = this.#paused;
    this.#paused = held ? null : [];
    byId("live-pause").setAttribute("aria-pressed", String(!held));
    byId("live-pause").textContent = held ? "Pause" : "Continue";
    this.add(held ?? []);
  }

  #clear() {
    this.#clearedUpTo = Math.max(this.#clearedUpTo, ...this.#calls.keys());
    this.#calls.clear();
    this.#refresh();
    announce("The list is empty.");
  }

  /** Returns the number of the newest refused call, or else of the newest one. */
  newest() {
    const calls = [...this.#calls.values()].reverse();
    return (calls.find(call => call.access === "refused") ?? calls[0])?.id;
  }

  /** The tab is shown; the row that was open has the focus again if the page has moved there. */
  shown(focus) {
    this.#render();
    if (focus && this.#focused) {
      this.#focus(this.#shown.findIndex(call => call.id === this.#focused));
    }
  }

  opened(id) {
    this.#focused = id ?? this.#focused;
  }

  #refresh() {
    const text = byId("live-text").value.toLowerCase();
    const verdict = byId("live-verdict").value;
    const method = byId("live-method").value;
    this.#shown = [...this.#calls.values()].reverse().filter(call =>
        (!verdict || call.access === verdict || (verdict === "allowed" && call.access.startsWith("allowed")))
        && (!method || call.method === method)
        && (!text || `${call.path} ${call.origin ?? ""}`.toLowerCase().includes(text)));
    this.#later();
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => this.#render());
  }

  /** Shows what is in view; the row with the focus keeps it, or another one gets it. */
  #render(focused) {
    this.#frame = 0;
    const total = this.#calls.size;
    const waiting = this.#paused?.length ? `, ${this.#paused.length} changes wait` : "";
    byId("live-count").textContent = total === this.#shown.length
      ? `${total} calls${waiting}` : `${this.#shown.length} of ${total} calls${waiting}`;
    byId("live-empty").hidden = total > 0;
    byId("live-table").hidden = total === 0;
    if (byId("live").hidden || !total) {
      return;
    }
    const height = parseFloat(getComputedStyle(this.#list).getPropertyValue("--row")) * 16;
    this.#list.firstElementChild.style.height = `${this.#shown.length * height}px`;
    const first = Math.max(0, Math.floor(this.#list.scrollTop / height) - MARGIN);
    const last = Math.min(this.#shown.length,
        Math.ceil((this.#list.scrollTop + this.#list.clientHeight) / height) + MARGIN);
    const active = focused ?? document.activeElement?.closest?.("#live-rows [data-id]")?.dataset.id;
    const rows = [];
    for (let i = first; i < last; i++) {
      rows.push(this.#row(this.#shown[i], i, height));
    }
    if (rows.length && !rows.some(row => row.firstChild.tabIndex === 0)) {
      rows[Math.min(rows.length - 1, first ? MARGIN : 0)].firstChild.tabIndex = 0;
    }
    this.#list.replaceChildren(this.#list.firstElementChild, ...rows);
    if (active) {
      this.#list.querySelector(`[data-id="${active}"]`)?.focus({ preventScroll: true });
    }
  }

  #row(call, index, height) {
    const [path, query] = call.path.split("?", 2);
    const note = call.preflight === null ? "" : call.sent ? "preflight + " : "preflight only: ";
    const button = element("a", {
      className: "row",
      href: `#why-${call.id}`,
      tabIndex: call.id === this.#focused ? 0 : -1,
      "data-id": call.id,
      onfocus: () => { this.#focused = call.id; },
    },
    element("span", { className: "method" }, element("span", { className: "muted" }, note), element("b", {}, call.method)),
    element("span", { className: "path" }, path, query === undefined ? "" : element("span", { className: "muted" }, `?${query}`)),
    element("span", { className: "origin" }, call.origin ?? "no origin"),
    verdictBadge(call.access),
    element("span", { className: "status" }, String(call.status)),
    element("span", { className: "time" }, `${call.millis.toFixed(1)} ms`));
    const item = element("div", {
      role: "listitem",
      className: "item",
      "aria-posinset": index + 1,
      "aria-setsize": this.#shown.length,
    }, button);
    item.style.transform = `translateY(${index * height}px)`;
    return item;
  }

  #move(event) {
    const at = this.#shown.findIndex(call => call.id === this.#focused);
    const page = Math.max(1, Math.floor(this.#list.clientHeight / 40));
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: Infinity,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#focus(Math.max(0, Math.min(this.#shown.length - 1, to)));
    }
  }

  #focus(index) {
    if (index < 0) {
      return;
    }
    this.#focused = this.#shown[index].id;
    const height = parseFloat(getComputedStyle(this.#list).getPropertyValue("--row")) * 16;
    const top = index * height;
    if (top < this.#list.scrollTop || top + height > this.#list.scrollTop + this.#list.clientHeight) {
      this.#list.scrollTop = Math.max(0, top - this.#list.clientHeight / 2);
    }
    this.#render(this.#focused);
  }
}
