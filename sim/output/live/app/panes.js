// The panes below the answer, and the charts: the report's own sections, of the region and year that are chosen.

import { make, one, word } from "./dom.js";
import { state } from "./state.js";

let config = {};

export function setConfig(given) { config = given; }

export function draw(box, figure) {
  if (!window.Plotly || !figure) return;
  const narrow = box.clientWidth < 520;
  const { data, layout } = narrow ? narrowed(figure) : figure;
  box.style.height = layout.height + "px";
  const touch = !window.matchMedia("(hover: hover)").matches;
  const buttons = { modeBarButtonsToRemove: undefined, modeBarButtons: [["toImage"]] };
  try {
    window.Plotly.react(box, data, layout, { ...config, ...buttons, displayModeBar: narrow || touch ? false : "hover" });
  } catch (problem) { // said where the chart would stand; the rest of the page goes on
    box.replaceChildren(word("notDrawn"));
    console.error(problem);
  }
}

// Of flows the names stand over their numbers, else those of both sides would meet; such a chart has no axis.
function narrowed(figure) {
  const flows = figure.data.some((trace) => trace.type === "sankey");
  const over = (trace) => ({ ...trace, textfont: { ...trace.textfont, size: 11 }, node: { ...trace.node, label: trace.node.label.map((label) => label.replace("  ", "<br>")) } });
  return {
    data: figure.data.map((trace) => (trace.type === "sankey" ? over(trace) : trace)),
    layout: { ...figure.layout, margin: { ...figure.layout.margin, l: flows ? 8 : 46, r: flows ? 8 : 10 }, ...turned(figure.layout.xaxis) },
  };
}

// Names below bars that would run into each other stand on end; a chart may have no axis at all.
function turned(axis) {
  return axis && axis.tickangle === 0 ? { xaxis: { ...axis, tickangle: -90, automargin: true } } : {};
}

export function tabs(list, chosen) {
  one("tabs").replaceChildren(...list.map((pane) => make("button", {
    type: "button", role: "tab", id: "tab-" + pane.id, "aria-controls": "pane", "aria-selected": String(pane.id === state.pane),
    tabindex: pane.id === state.pane ? 0 : -1, onclick: () => chosen(pane.id),
  }, pane.name)));
  one("tabs").onkeydown = (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    const at = list.findIndex((pane) => pane.id === state.pane);
    const next = list[(at + move + list.length) % list.length].id;
    chosen(next);
    one("tab-" + next).focus();
  };
  one("pane").setAttribute("aria-labelledby", "tab-" + state.pane);
  const chosenTab = one("tab-" + state.pane);
  one("tabs").scrollLeft = chosenTab.offsetLeft - (one("tabs").clientWidth - chosenTab.offsetWidth) / 2;
}

// The markup is the report's, escaped by the server; the policy of the page lets no script of it run.
export function fill(found) {
  const box = one("pane");
  const opened = new Set([...box.querySelectorAll("details[open] table")].map((table) => table.dataset.table));
  box.innerHTML = found.markup;
  for (const [id, figure] of Object.entries(found.figures)) {
    const chart = box.querySelector("#" + CSS.escape(id));
    if (!chart) continue;
    const caption = chart.parentElement.querySelector("figcaption");
    if (caption) caption.replaceChildren(figure.layout.meta.title, make("small", {}, figure.layout.meta.subtitle));
    draw(chart, figure);
  }
  for (const folded of box.querySelectorAll("details")) folding(folded, opened);
  for (const table of box.querySelectorAll("table")) if (!table.closest("details")) sortable(table);
}

// What is folded comes into the page when it is opened: a browser lays out thousands of cells that nobody sees again
// and again, for whoever asks after any of them. What was open before stays so.
function folding(folded, opened) {
  const content = document.createDocumentFragment();
  content.append(...[...folded.childNodes].filter((node) => node.nodeName !== "SUMMARY"));
  const wasOpen = [...content.querySelectorAll("table")].some((table) => opened.has(table.dataset.table));
  const unfold = () => { folded.append(content); folded.querySelectorAll("table").forEach(sortable); };
  folded.addEventListener("toggle", unfold, { once: true });
  folded.open = wasOpen;
}

// By the rank that the server gives a cell, else by its words; rows stay below the heading of their group.
function sort(table, head, column) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const groups = [[]];
  for (const row of table.tBodies[0].rows) {
    if (row.classList.contains("group")) groups.push([row]);
    else groups[groups.length - 1].push(row);
  }
  for (const group of groups) {
    const top = group.filter((row) => row.classList.contains("group"));
    const rows = group.filter((row) => !row.classList.contains("group"));
    rows.sort((one, other) => (down ? -1 : 1) * compare(rank(one, column), rank(other, column)));
    table.tBodies[0].append(...top, ...rows);
  }
}

function rank(row, column) {
  const cell = row.cells[column];
  if (!cell) return "";
  return cell.dataset.rank === undefined ? cell.textContent.trim() : Number(cell.dataset.rank);
}

function compare(one, other) {
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return typeof one === "number" ? one - other : one.localeCompare(other, state.lang, { numeric: true });
}

function sortable(table) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 3) return;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = make("button", { type: "button", title: word("sort", { column: head.textContent }), onclick: () => sort(table, head, column) }, ...head.childNodes);
    head.setAttribute("aria-sort", "none");
    head.append(button);
  });
  if (rows.length > 12) {
    const search = make("input", { type: "search", class: "filter", placeholder: word("filter"), "aria-label": word("filter") });
    search.oninput = () => {
      const wanted = search.value.trim().toLowerCase();
      for (const row of rows) row.hidden = Boolean(wanted) && (row.classList.contains("group") || !row.textContent.toLowerCase().includes(wanted));
    };
    table.parentElement.before(search);
  }
}
