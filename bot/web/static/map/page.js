// The map page: the list and the filter at once, the map as soon as its outline has come. Without this script the list is there, too.

import { List } from "./list.js";

const body = document.body;
const at = (id) => document.getElementById(id);
const language = document.documentElement.lang === "en" ? "en" : "zh";

document.documentElement.classList.add("with-script");

/** Take every name off the screen: the session is over, or the page may be looked at by somebody else. */
function close(chart) {
  for (const id of ["filters", "cities", "list-title", "map"]) at(id)?.replaceChildren();
  chart?.clear();
  body.classList.add("closed");
  at("notice").textContent = body.dataset.saysOver;
}

async function start() {
  const answer = await fetch("/branch/map/people", { headers: { Accept: "application/json" } });
  if (answer.status === 401) return close();
  const { until, cities } = await answer.json();
  const list = new List(at("cities"), cities, { language, says: body.dataset });
  let chart = null;

  const show = () => {
    const shown = list.filter(at("who").value, at("stale").checked);
    const count = shown.reduce((sum, city) => sum + city.residents.length, 0);
    at("found").textContent = count
      ? body.dataset.saysFound.replace("{count}", count).replace("{cities}", shown.length)
      : body.dataset.saysNone;
    chart?.show(shown);
  };
  list.onopen = (code) => chart?.choose(code);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("filters").addEventListener("change", show);
  at("print").addEventListener("click", () => print());
  show();
  leaveAt(new Date(until), () => close(chart));

  body.dataset.listed = "true";

  const { Chart } = await import("./chart.js");
  chart = await Chart.on(at("map"), language, (code) => list.open(code));
  for (const [id, act] of Object.entries({ closer: () => chart.zoom(1.6), farther: () => chart.zoom(1 / 1.6), whole: () => chart.whole() })) {
    at(id).addEventListener("click", act);
  }
  show();
  body.dataset.ready = "true";
}

/** Say until when the session lasts, and end with it, also if the machine slept meanwhile. */
function leaveAt(moment, over) {
  const time = moment.toLocaleTimeString(language === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit" });
  at("until").textContent = body.dataset.saysUntil.replace("{time}", time);
  const ticking = setInterval(() => {
    if (Date.now() >= moment) {
      clearInterval(ticking);
      over();
    }
  }, 5000);
}

// A page that comes back from the browser's own memory asks anew whether it may still be seen.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// Whatever did not come: the list is there, from this script or from the page itself.
start().catch((error) => {
  if (!body.dataset.listed) document.documentElement.classList.remove("with-script");
  body.classList.add("no-map");
  at("notice").textContent = body.dataset.saysNoMap;
  throw error;
});
