// Puts the tabs together: the address says which is open (#live, #why-12), so that the browser's
// back button works.

import { byId, showProblem } from "./dom.js";
import { get, listen } from "./server.js";
import { Live } from "./live.js";
import { Why } from "./why.js";
import { Policy } from "./policy.js";
import { Play } from "./play.js";
import { showRoutes } from "./routes.js";

const TABS = ["live", "why", "policy", "play", "routes"];

function wanted() {
  const [, tab, id] = /^#([a-z]+)(?:-([0-9]+))?$/.exec(location.hash) ?? [];
  return { tab: TABS.includes(tab) ? tab : "live", id: id && Number(id) };
}

async function start() {
  const setup = await get("/setup.json");
  byId("title").textContent = setup.title;
  const why = new Why(byId("why"));
  const play = new Play(byId("play"), setup);
  const policy = new Policy(byId("policy"), setup, changed => play.update(changed));
  const live = new Live(setup);
  showRoutes(byId("routes"), setup);

  function show({ focus } = {}) {
    const { tab, id } = wanted();
    for (const name of TABS) {
      const selected = name === tab;
      byId(name).hidden = !selected;
      byId(`tab-${name}`).setAttribute("aria-selected", String(selected));
      byId(`tab-${name}`).tabIndex = selected ? 0 : -1;
    }
    if (tab === "live") {
      live.shown(focus);
    } else if (tab === "why") {
      why.open(id ?? live.newest());
      live.opened(id);
    }
    document.title = `${byId(`tab-${tab}`).textContent} · Corsage`;
  }

  for (const name of TABS) {
    byId(`tab-${name}`).addEventListener("click", () => { location.hash = name; });
  }
  // The pattern for tabs: one stop for the Tab key, arrows within.
  document.querySelector("[role=tablist]").addEventListener("keydown", event => {
    const at = TABS.indexOf(wanted().tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at + TABS.length - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      location.hash = TABS[to % TABS.length];
      byId(`tab-${TABS[to % TABS.length]}`).focus();
    }
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape" && wanted().tab === "why") {
      location.hash = "live";
    }
  });
  addEventListener("hashchange", () => show({ focus: true }));
  listen({
    changed: calls => {
      live.add(calls);
      why.changed(calls);
      play.changed(calls);
    },
    connected: isConnected => {
      const badge = byId("connection");
      const text = isConnected ? "connected" : "not connected";
      if (badge.textContent !== text) {
        badge.textContent = text;
      }
      badge.classList.toggle("refused", !isConnected);
      showProblem(isConnected ? "" : "The server does not respond. Is corsage serve still running?");
    },
  });
  show();
  document.documentElement.dataset.ready = "true";
}

start().catch(error => showProblem(`The console could not be loaded (${error.message}).`
    + " Is corsage serve still running? Start it and reload."));
