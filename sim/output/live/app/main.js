// The page: what is moved is asked at once of a few draws, and of all draws and years as soon as nothing newer is moved.

import * as answer from "./answer.js";
import * as dialogs from "./dialogs.js";
import { choose, make, one, painted, setWords, word } from "./dom.js";
import * as levers from "./levers.js";
import * as panes from "./panes.js";
import { asker, file, get, Refused, takeToken } from "./server.js";
import { moveWords, read, state, write } from "./state.js";

const SOON = 400;
const LATER = 700;
const IDLE = 250; // the panes below wait so many ms, so that the next move has the machine to itself
const QUICK = 600; // where all years come within so many ms, the targets alone are not asked for before
const root = document.documentElement;
let start = null;
let scenario = null;
let number = 0;
let moment = 0;
let retry = 0;
let asking = false;
let waiting = false;
let asked = ""; // the levers as they were last asked for
let shown = [0, 0]; // number and rank of the answer that is shown
const LANGUAGES = ["en", "zh"];
const STAGES = ["preview", "all", "years", "sizes", "whole"];
let lately = Infinity; // ms that all years of moved levers took last

async function boot() {
  takeToken();
  read();
  if (!LANGUAGES.includes(state.lang)) state.lang = "";
  state.lang = state.lang || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  wire();
  await load();
}

async function load() {
  try {
    start = await get("/api/scenarios");
    root.lang = state.lang;
    setWords(start.words);
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    panes.setConfig(start.plotly);
    const wanted = state.scenario;
    if (!start.scenarios.some((item) => item.name === wanted)) state.scenario = start.scenarios[0].name;
    await openScenario(wanted);
  } catch (problem) {
    failed(problem);
  }
}

async function openScenario(wanted = state.scenario) {
  scenario = null;
  number += 1;
  shown = [number, 0];
  one("page").hidden = true;
  one("opening").hidden = false;
  const named = start.scenarios.find((one) => one.name === state.scenario);
  one("opening").querySelector("p").textContent = word("opening", { name: named ? named.title : state.scenario });
  lists();
  try {
    const coming = get("/api/scenario/" + encodeURIComponent(state.scenario));
    waited(state.scenario, coming);
    scenario = await coming;
  } catch (problem) {
    one("opening").hidden = true;
    failed(problem);
    return;
  }
  one("opening").hidden = true;
  one("page").hidden = false;
  known();
  lists();
  levers.build(scenario, moved);
  levers.showAll();
  panes.tabs(scenario.panes, choosePane);
  document.title = scenario.place + " · " + scenario.title + " — townward";
  one("answer-title").textContent = [scenario.place, scenario.title, scenario.plan].filter(Boolean).join(" · ");
  write(false);
  await everything();
  if (wanted && wanted !== scenario.name) notice(word("gone", { name: wanted, shown: scenario.title }));
  root.dataset.ready = "true";
  if (scenario.firstLook) later(scenario);
}

// What an address names and the scenario does not have is left out.
function known() {
  const has = (list, id) => list.some((item) => item.id === id);
  const { base, last } = scenario.years;
  if (!has(scenario.panes, state.pane)) state.pane = scenario.panes[0].id;
  if (!has(scenario.regions, state.region)) state.region = "";
  if (!has(scenario.measures, state.measure)) state.measure = "";
  if (!(Number(state.year) > base && Number(state.year) <= last)) state.year = "";
}

// What is opened says how far it is until it is there.
async function waited(name, coming) {
  let there = false;
  coming.catch(() => {}).finally(() => { there = true; });
  for (;;) {
    await new Promise((done) => { setTimeout(done, SOON); });
    if (there) break;
    const far = await get("/api/opening/" + encodeURIComponent(name)).catch(() => ({ said: "" }));
    if (!there && state.scenario === name) one("far").textContent = far.said;
  }
  one("far").textContent = "";
}

// A first look gives way to all draws once they are run.
async function later(own) {
  await new Promise((done) => { setTimeout(done, LATER); });
  if (scenario !== own) return;
  const far = await get("/api/opening/" + encodeURIComponent(own.name)).catch(() => ({ standing: "look", said: "" }));
  if (scenario !== own) return;
  own.far = far.said || own.far;
  standing(STAGES[shown[1]]);
  if (far.standing === "look") { later(own); return; }
  const found = await get("/api/scenario/" + encodeURIComponent(own.name)).catch(() => own);
  if (scenario !== own) return;
  own.firstLook = false;
  own.draws = found.draws;
  everything();
}

function lists() {
  choose(one("scenario"), start.scenarios.map((item) => ({ value: item.name, text: item.title + " (" + item.name + ")" })), state.scenario);
  const forms = ["html", "brief", "xlsx", "docx"].map((form) => ({ value: form, text: word("form-" + form) }));
  choose(one("report"), [{ value: "", text: word("report") + " …" }, ...forms], "");
  one("report").setAttribute("aria-label", word("report"));
  if (!scenario) return;
  one("region-label").hidden = scenario.regions.length < 2;
  choose(one("region"), scenario.regions.map((item) => ({ value: item.id, text: item.name })), state.region || scenario.regions[0].id);
  const place = scenario.regions.find((item) => item.id === state.region) || scenario.regions[0];
  for (const [id, key] of [["years-title", "overYears"], ["more-title", "panes"]]) one(id).textContent = [word(key), scenario.regions.length > 1 && place.name].filter(Boolean).join(" · ");
  const chosen = state.measure || "urbanization_rate";
  const group = (label, main) => make("optgroup", { label }, ...scenario.measures.filter((item) => item.main === main).map((item) => make("option", { value: item.id, selected: item.id === chosen }, item.name)));
  one("measure").replaceChildren(group(word("main"), true), group(word("others"), false));
  const year = one("year");
  year.min = scenario.years.base + 1;
  year.max = scenario.years.last;
  year.value = state.year || scenario.years.test;
  one("year-said").value = year.value;
  besides();
}

function besides() {
  const options = [{ value: "", text: word("besideNone") }, { value: "=", text: word("besideSaved") }];
  if (state.moves.size) options.push({ value: "+", text: word("besideThis") });
  for (const item of start.scenarios) if (item.name !== state.scenario) options.push({ value: item.name, text: item.title + " (" + item.name + ")" });
  let chosen = state.beside === state.scenario && !state.besideMoves.length ? "=" : state.beside;
  if (state.beside && state.besideMoves.length) {
    chosen = "pinned";
    options.push({ value: "pinned", text: "▪ " + state.beside + ": " + state.besideMoves.join(", ") });
  }
  choose(one("beside"), options, chosen);
}

function words(stage) {
  const list = [["scenario", state.scenario], ["stage", stage], ["page", asker], ["number", String(number)]];
  for (const move of moveWords()) list.push(["move", move]);
  for (const name of ["region", "measure", "year", "beside"]) if (state[name]) list.push([name, state[name]]);
  if (state.beside) for (const move of state.besideMoves) list.push(["beside-move", move]);
  return list;
}

// What was asked for already is not asked again when the slider is let go. begins: a step of the history of its own,
// which is a press however long a key is held or a slider dragged.
function moved(begins, event) {
  const now = moveWords().join(" ");
  if (now !== asked) {
    asked = now;
    number += 1;
    moment = event ? event.timeStamp : performance.now();
    clearTimeout(retry);
    preview();
  }
  marks();
  if (begins) write(true);
}

function marks() {
  one("reset").disabled = !state.moves.size;
  one("save").disabled = !state.moves.size;
  besides();
}

// All years are asked for before the preview is painted, so that both happen at once.
async function preview() {
  if (asking) { waiting = true; return; }
  asking = true;
  const own = number;
  const of = scenario;
  const since = moment;
  const coming = fetched("preview", own);
  busy(true);
  const found = await coming;
  asking = false;
  if (waiting) { waiting = false; preview(); } else if (found && own === number) rest(own, since);
  if (found && of === scenario) show("preview", found, own, [["preview", since]]);
}

async function rest(own, pressed) {
  const since = performance.now();
  write(false);
  for (const stage of lately < QUICK ? ["years"] : ["all", "years"]) {
    const begun = performance.now();
    if (!(await ask(stage, own, [[stage, since], ["total", pressed]]))) return;
    if (stage === "years" && state.moves.size) lately = performance.now() - begun;
  }
  if (!(await ask("sizes", own))) return;
  await new Promise((done) => { setTimeout(done, IDLE); });
  if (own === number) await fillPane(own);
}

async function everything() {
  asked = moveWords().join(" ");
  number += 1;
  shown = [number, 0];
  marks();
  busy(true);
  const own = number;
  if (await ask("years", own) && await ask("sizes", own)) await fillPane(own);
}

// Ask a stage of the newest state and show it; whether it could be shown.
async function ask(stage, own, clocks = []) {
  if (own !== number) return false;
  const found = await fetched(stage, own);
  return found !== null && own === number && show(stage, found, own, clocks);
}

// The answer of a stage; null where it is refused, which is said where nothing newer was asked.
async function fetched(stage, own) {
  try {
    return await get("/api/answer", words(stage));
  } catch (problem) {
    if (own === number) failed(problem);
    return null;
  }
}

// Show an answer, unless a newer one, or more of the same, is shown already. clocks: names of times, and their starts.
async function show(stage, found, own, clocks) {
  const rank = STAGES.indexOf(stage);
  if (own < shown[0] || (own === shown[0] && rank < shown[1])) return false;
  shown = [own, rank];
  levers.faults([]);
  notice("");
  answer.show(found, scenario.plan);
  standing(stage);
  if (found.figure) {
    panes.draw(one("fan"), found.figure);
    if (own === number) busy(false);
  }
  await painted();
  if (own !== shown[0] || rank !== shown[1]) return own === number;
  for (const [name, since] of clocks) root.dataset[name + "Ms"] = (performance.now() - since).toFixed(1);
  root.dataset.stage = stage;
  root.dataset.number = String(own);
  return true;
}

// What stands there is of before; the pane follows last.
function busy(is) {
  for (const id of ["stage", "fan", "pane"]) one(id).dataset.working = word("working");
  root.toggleAttribute("data-busy", is);
  one("fan").classList.toggle("busy", is);
  if (is) one("pane").classList.add("busy");
}

function standing(stage) {
  const key = scenario.firstLook ? "firstLook" : stage === "preview" ? "preview" : "all";
  const words = word(key, { draws: scenario.draws.toLocaleString("en"), far: scenario.far || "…" });
  const said = make("span", key === "all" ? {} : { class: "is-preview" }, words);
  const count = state.moves.size ? word("moved", { count: state.moves.size }) : word("asFile");
  one("stage").replaceChildren(said, make("span", {}, count));
}

async function fillPane(own) {
  one("pane").classList.add("busy");
  try {
    const found = await get("/api/answer", [...words("whole"), ["pane", state.pane]]);
    if (own !== number) return;
    panes.fill(found);
    one("pane").classList.remove("busy");
    root.dataset.pane = state.pane;
    if (state.moves.size || state.beside) await ask("whole", own);
  } catch (problem) {
    if (own === number) failed(problem);
  }
}

function choosePane(id) {
  if (!scenario) return;
  state.pane = id;
  write(false);
  panes.tabs(scenario.panes, choosePane);
  fillPane(number);
}

function failed(problem) {
  root.removeAttribute("data-busy");
  if (problem instanceof Refused) {
    if (problem.status === 409) return;
    if (problem.faults.length) {
      if (scenario) levers.faults(problem.faults);
      else notice(problem.faults.map((fault) => fault.message).join(" "));
      return;
    }
    notice(word(problem.status === 401 ? "refused" : "lost"));
    return;
  }
  notice(word("lost"));
  clearTimeout(retry);
  retry = setTimeout(() => { if (scenario) everything(); else load(); }, 3000);
}

function notice(text) {
  one("notice").textContent = text;
  one("notice").hidden = !text;
}

function wire() {
  one("scenario").onchange = (event) => { state.scenario = event.target.value; state.moves.clear(); write(true); openScenario(); };
  one("region").onchange = (event) => { state.region = event.target.value; write(true); lists(); everything(); };
  one("measure").onchange = (event) => { state.measure = event.target.value; write(true); everything(); };
  one("beside").onchange = (event) => pin(event.target.value);
  one("year").oninput = (event) => { one("year-said").value = event.target.value; };
  one("year").onchange = (event) => { state.year = event.target.value; write(false); fillPane(number); };
  one("reset").onclick = () => { state.moves.clear(); levers.showAll(); moved(true); };
  one("save").onclick = () => dialogs.save(start.readOnly, async () => { start = await get("/api/scenarios"); lists(); });
  one("copy").onclick = copy;
  one("report").onchange = download;
  one("language").onclick = () => { state.lang = state.lang === "zh" ? "en" : "zh"; write(true); load(); };
  answer.onSeek((row) => dialogs.seek(row, (moves) => {
    for (const [key, value] of Object.entries(moves)) state.moves.set(key, value);
    levers.showAll();
    moved(true);
  }));
  window.addEventListener("popstate", () => { if (!scenario) return; const before = [state.scenario, state.lang].join(); read(); if ([state.scenario, state.lang].join() !== before) load(); else { lists(); levers.showAll(); panes.tabs(scenario.panes, choosePane); everything(); } });
  new IntersectionObserver(([seen]) => one("mini").classList.toggle("seen", !seen.isIntersecting && scenario !== null)).observe(one("answer"));
}

function pin(value) {
  state.besideMoves = value === "+" ? moveWords() : [];
  state.beside = value === "=" || value === "+" ? state.scenario : value;
  write(true);
  everything();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    window.prompt(word("copy"), location.href); // where the browser lets no page write to the clipboard
    return;
  }
  one("copy").textContent = word("copied");
  setTimeout(() => { one("copy").textContent = word("copy"); }, 1500);
}

async function download() {
  const form = one("report").value;
  one("report").disabled = true;
  try {
    const found = await file("/api/report", [...words("whole"), ["form", form]]);
    const link = make("a", { href: URL.createObjectURL(found.content), download: found.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  } catch (problem) {
    failed(problem);
  }
  one("report").value = "";
  one("report").disabled = false;
}

boot();
