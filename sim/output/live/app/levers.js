// The levers: a slider and a number box each, with what backs the value; faults stand beside the slider they are about.

import { make, one, word } from "./dom.js";
import { state } from "./state.js";

const knobs = new Map();
const FEW = 3; // cards that stand open on a phone
let told = () => {};

export function build(scenario, moved) {
  told = moved;
  knobs.clear();
  const used = scenario.cards.filter((card) => card.used);
  const library = scenario.cards.filter((card) => !card.used);
  // Below each other on a phone, many cards would put the charts out of reach.
  const many = used.length > FEW && window.matchMedia("(max-width: 979px)").matches;
  one("knobs").replaceChildren(
    ...(used.length ? [folded(word("used"), used.map(cardOf), !many, many ? used.length : 0)] : []),
    ...scenario.rates.filter((group) => group.open).map((group) => folded(group.name, group.knobs.map(knobOf), true)),
    folded(word("library"), library.map(cardOf), false, library.length),
    make("h3", { class: "rates" }, word("rates")),
    ...scenario.rates.filter((group) => !group.open).map((group) => folded(group.name, group.knobs.map(knobOf), false, group.knobs.length)),
  );
  one("find").placeholder = word("find");
  one("find").setAttribute("aria-label", word("find"));
  one("find").oninput = filter;
  filter();
}

function folded(title, content, open, count) {
  const made = make("details", { open }, make("summary", {}, title, count ? make("span", { class: "count" }, String(count)) : ""), ...content);
  made.dataset.open = open;
  return made;
}

function cardOf(card) {
  const said = [["from", card.from], ["who", card.who], ["caution", card.caution], ["evidence", card.evidence], ["place", card.place]];
  const made = make("div", { class: "card" }, make("h3", {}, card.name),
    card.missing ? make("p", { class: "missing" }, card.missing) : "",
    ...card.knobs.map((knob) => knobOf(knob, card.name)),
    make("details", {}, make("summary", {}, word("source")), listed(said)));
  made.dataset.words = (card.name + " " + card.id + " " + card.from).toLowerCase();
  return made;
}

const LABELS = { from: "source" };

function listed(said) {
  return make("dl", {}, ...said.filter(([, text]) => text && text.length).flatMap(([key, text]) => [
    make("dt", {}, word(LABELS[key] || key)),
    ...(Array.isArray(text) ? text : [text]).map((line) => make("dd", {}, line)),
  ]));
}

function knobOf(knob, card = "") {
  const name = typeof card === "string" && card ? card + " · " + knob.title : knob.title;
  const label = "knob-" + knob.key;
  const number = make("input", { type: "number", step: knob.whole ? 1 : "any", min: knob.least, max: knob.most, "aria-label": word("value", { name }), inputmode: "decimal" });
  const slider = make("input", { type: "range", id: label, min: knob.low, max: knob.high, step: "any", "aria-label": word("slider", { name }) });
  const was = make("button", { type: "button", class: "was", hidden: true, onclick: () => set(knob, knob.value, true) }, word("resetOne", { value: String(knob.value) }));
  const fault = make("p", { class: "fault", role: "alert", hidden: true });
  const backed = typeof card === "string" && card ? "" : make("details", {}, make("summary", {}, word("source")), listed([["source", knob.source], ["place", knob.place], ["range", knob.range]]));
  const made = make("div", { class: "knob" },
    make("div", { class: "line" }, make("label", { class: "name", for: label }, knob.title), number, make("span", { class: "unit", title: knob.unit }, knob.unit)),
    slider, was, fault, backed);
  made.dataset.key = knob.key;
  made.dataset.words = (knob.title + " " + knob.key).toLowerCase();
  slider.step = knob.step;
  slider.min = knob.low;
  slider.addEventListener("keydown", (event) => step(event, knob, slider));
  let dragged = false;
  slider.addEventListener("input", (event) => { set(knob, tidy(knob, slider.valueAsNumber), !dragged, event); dragged = true; });
  slider.addEventListener("change", () => { dragged = false; });
  number.addEventListener("change", () => { if (Number.isFinite(number.valueAsNumber)) set(knob, number.valueAsNumber, true); else show(knob); });
  knobs.set(knob.key, { knob, number, slider, was, fault, made });
  show(knob);
  return made;
}

// A slider counts its steps from its low end; the file's own value lies between two of them and is a stop of its own.
function tidy(knob, value) {
  const near = Math.abs(value - knob.value) < 0.5 * knob.step;
  return near ? knob.value : Number(value.toPrecision(8));
}

function step(event, knob, slider) {
  const sign = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  if (sign === undefined) return;
  event.preventDefault();
  const now = state.moves.has(knob.key) ? state.moves.get(knob.key) : knob.value;
  const next = Math.min(Math.max(now + sign * knob.step, knob.low), knob.high);
  set(knob, Number(next.toPrecision(8)), !event.repeat, event);
}

function set(knob, value, begins, event) {
  if (value === knob.value) state.moves.delete(knob.key);
  else state.moves.set(knob.key, value);
  show(knob);
  told(begins, event);
}

function show(knob) {
  const own = knobs.get(knob.key);
  const moved = state.moves.has(knob.key);
  const value = moved ? state.moves.get(knob.key) : knob.value;
  own.number.value = String(value);
  own.slider.step = "any";
  own.slider.value = String(value);
  own.slider.step = knob.step;
  if (own.slider.valueAsNumber !== value) { own.slider.step = "any"; own.slider.value = String(value); }
  own.slider.setAttribute("aria-valuetext", value + " " + knob.unit);
  own.made.classList.toggle("moved", moved);
  own.was.hidden = !moved;
}

export function showAll() {
  for (const { knob } of knobs.values()) show(knob);
  for (const key of state.moves.keys()) open(key);
}

export function open(key) {
  const own = knobs.get(key);
  if (!own) return;
  for (let at = own.made.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}

export function names(keys) {
  return keys.filter((key) => knobs.has(key)).map((key) => {
    const { knob, made } = knobs.get(key);
    const card = made.closest(".card");
    return (card ? card.querySelector("h3").textContent + " · " : "") + knob.title;
  });
}

export function faults(list) {
  for (const { fault } of knobs.values()) fault.hidden = true;
  const general = [];
  for (const { key, message } of list) {
    const own = knobs.get(key);
    if (!own) { general.push(key ? key + ": " + message : message); continue; }
    own.fault.textContent = message;
    own.fault.hidden = false;
    open(key);
  }
  one("general").textContent = general.join(" ");
  one("general").hidden = !general.length;
}

function filter() {
  const wanted = one("find").value.trim().toLowerCase();
  for (const group of one("knobs").querySelectorAll(":scope > details")) {
    let any = false;
    for (const item of group.querySelectorAll(":scope > .card, :scope > .knob")) {
      const keys = [...item.querySelectorAll("[data-key]")].map((inner) => inner.dataset.key).join(" ");
      const found = !wanted || (item.dataset.words + " " + keys).includes(wanted);
      item.hidden = !found;
      any = any || found;
    }
    group.hidden = !any;
    group.open = wanted ? any : group.dataset.open === "true" || Boolean(group.querySelector(".knob.moved"));
  }
}
