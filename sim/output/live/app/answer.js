// The answer: its sentence, and a row for each target. Every number comes finished from the server.

import { make, one, svg, word } from "./dom.js";

const order = { by: "", down: false };
const FEW = 8;
let last = null;
let wantsAll = false;
let seek = () => {};

export function onSeek(handler) { seek = handler; }

export function show(answer, plan) {
  last = answer;
  const first = answer.headline[0];
  const said = answer.headline.map((line) => make("p", {}, line.text));
  if (said.length) one("said").replaceChildren(...said);
  const tone = first ? first.colour : "";
  for (const id of ["answer", "mini"]) one(id).style.setProperty("--tone", tone);
  const row = answer.targets[0];
  one("mini").textContent = row ? [row.percent, row.word, row.title].filter(Boolean).join(" · ") : first ? first.text : "";
  rows(answer);
}

export function again() { if (last) rows(last); }

function rows(answer) {
  one("targets").hidden = !answer.targets.length;
  const judged = answer.targets.filter((row) => row.chance);
  const others = answer.targets.filter((row) => !row.chance);
  const opened = one("rows").querySelector("details");
  const beside = judged.some((row) => row.beside) || others.some((row) => row.beside);
  one("rows").replaceChildren(
    ...(answer.paired ? [] : [make("p", { class: "missing" }, word("unpaired"))]),
    ...(judged.length ? [make("div", { class: "scroll" }, table(judged, beside, answer))] : []),
    ...(others.length ? [folded(others, opened ? opened.open : !judged.length, beside, answer)] : []),
    ...(answer.coverage ? [make("p", { class: "stage" }, answer.coverage)] : []),
  );
}

// Lines without a probability: of many the first alone, until a reader wants them all.
function folded(list, open, beside, answer) {
  const most = wantsAll || list.length <= 1.5 * FEW ? list.length : FEW;
  const rest = make("button", { type: "button", class: "quiet", onclick: () => { wantsAll = true; again(); } }, word("allLines", { count: list.length }));
  return make("details", { open }, make("summary", {}, word("more"), make("span", { class: "count" }, String(list.length))),
    make("div", { class: "scroll" }, table(list, beside, answer, most)), most < list.length ? rest : "");
}

const COLUMNS = [
  ["target", (row) => row.title],
  ["aim", (row) => row.year],
  ["probability", (row) => row.share],
  ["median", (row) => row.order],
  ["change", (row) => (row.change ? row.change.up : 0)],
  ["first", (row) => row.first],
];

// A column in which no row has anything is left out.
const SHOWN = {
  median: (row) => row.median,
  change: (row) => row.change && !row.change.same,
  first: (row) => row.first || row.lacking,
};

function table(list, beside, answer, most = list.length) {
  const columns = COLUMNS.filter(([key]) => !(key === "change" && beside) && (!(key in SHOWN) || list.some(SHOWN[key])));
  const said = list.some((row) => row.chance) ? "probability" : "verdict";
  const sorted = [...list];
  const by = COLUMNS.find(([key]) => key === order.by);
  if (by) sorted.sort((a, b) => compare(by[1](a), by[1](b)) * (order.down ? -1 : 1));
  return make("table", {},
    make("thead", {}, make("tr", {}, ...columns.map(([key]) => heading(key, key === "probability" ? said : key)), beside ? make("th", { scope: "col" }, word("apart", { name: answer.beside })) : "")),
    make("tbody", {}, ...sorted.slice(0, most).map((row) => rowOf(row, columns, beside, answer))));
}

function heading(key, name) {
  const sorted = order.by === key ? (order.down ? "descending" : "ascending") : "none";
  const sort = () => { order.down = order.by === key && !order.down; order.by = key; again(); };
  return make("th", { scope: "col", "aria-sort": sorted }, make("button", { type: "button", title: word("sort", { column: word(name) }), onclick: sort }, word(name)));
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === undefined || a === "") return 1;
  if (b === null || b === undefined || b === "") return -1;
  return a < b ? -1 : 1;
}

function rowOf(row, columns, beside, answer) {
  const cells = {
    target: () => make("th", { scope: "row" }, row.title, make("small", { class: "quote" }, [row.id, row.source].filter(Boolean).join(" · ")),
      row.matters ? make("small", {}, word("matters") + ": " + row.matters) : "",
      row.seekable ? make("button", { type: "button", class: "ask", onclick: () => seek(row) }, word("seek")) : ""),
    aim: () => make("td", { class: "aim", "data-label": word("aim") }, make("span", { class: "nowrap" }, row.aim), row.year ? make("small", {}, String(row.year)) : ""),
    probability: () => make("td", { class: row.chance ? "verdict" : "wide" }, ...chanceOf(row)),
    median: () => make("td", { class: "wide", "data-label": row.median ? word("median") : "" }, ...middleOf(row)),
    change: () => make("td", { class: "wide", "data-label": word("change") }, ...changeOf(row.change)),
    first: () => make("td", { class: "wide", "data-label": row.first ? word("first") : "" }, row.first || "", row.lacking ? make("small", {}, word("lacking") + " " + row.lacking) : ""),
  };
  const made = make("tr", {}, ...columns.map(([key]) => cells[key]()));
  if (beside) made.append(make("td", { class: "wide", "data-label": word("beside") }, ...(row.beside ? [...besideOf(row.beside), ...changeOf(row.apart)] : ["—"])));
  made.dataset.target = row.id;
  return made;
}

function badge(row) {
  const made = make("span", { class: "badge" }, row.symbol ? make("span", { "aria-hidden": "true" }, row.symbol + " ") : "", row.word);
  made.style.background = row.colour;
  return made;
}

function chanceOf(row) {
  if (!row.chance) return [make("span", { class: row.pending ? "pending" : "" }, row.note), row.pending ? make("small", {}, word("pending")) : ""];
  const fill = make("i");
  fill.style.width = 100 * row.share + "%";
  fill.style.background = row.colour;
  const meter = make("span", { class: "meter", "aria-hidden": "true" }, fill);
  return [badge(row), make("small", { class: "nowrap" }, row.chance), meter, row.pending ? make("small", { class: "pending" }, word("pending")) : ""];
}

function middleOf(row) {
  if (!row.median) return [];
  return [make("span", { class: "nowrap" }, row.median), row.band ? make("small", { class: "nowrap" }, "(" + row.band + ")") : "", row.strip.length ? strip(row) : ""];
}

function strip(row) {
  const [low, middle, high, target] = row.strip;
  const made = svg("svg", { class: "strip", width: 150, height: 22, viewBox: "0 0 150 22", "aria-hidden": "true" });
  made.append(
    svg("line", { x1: 4, x2: 146, y1: 11, y2: 11, stroke: "#d5dbe1" }),
    svg("rect", { x: low, y: 6, width: Math.max(high - low, 1), height: 10, rx: 2, fill: row.colour, opacity: 0.35 }),
    svg("line", { x1: middle, x2: middle, y1: 3, y2: 19, stroke: row.colour, "stroke-width": 2.5 }),
    svg("path", { d: "M" + target + " 4l6 7-6 7-6-7z", fill: "#c2410c", stroke: "#fff" }));
  return made;
}

function changeOf(change) {
  if (!change) return ["—"];
  if (change.same) return [make("span", { class: "pending" }, word("same"))];
  const tone = change.up > 0 ? "up" : change.up < 0 ? "down" : "";
  return [change.chance ? make("span", { class: tone }, word("inProbability", { change: change.chance })) : "", make("small", {}, word("inMedian", { change: change.median }))];
}

function besideOf(row) {
  return [row.chance ? badge(row) : "", make("small", { class: "nowrap" }, row.chance), make("small", { class: "nowrap" }, row.median), row.chance ? "" : make("small", {}, row.note)];
}
