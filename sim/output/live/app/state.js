// What the page shows, kept in its address: shared, bookmarked, and undone by the browser's own history.

export const state = { scenario: "", moves: new Map(), region: "", measure: "", year: "", pane: "", beside: "", besideMoves: [], lang: "" };

const KEYS = { s: "scenario", r: "region", k: "measure", y: "year", p: "pane", b: "beside", lang: "lang" };

export function read() {
  const given = new URLSearchParams(location.search);
  for (const [short, name] of Object.entries(KEYS)) state[name] = given.get(short) || "";
  state.moves = new Map(given.getAll("m").map(split).filter(Boolean));
  state.besideMoves = given.getAll("bm");
}

export function write(push) {
  const said = new URLSearchParams();
  for (const [short, name] of Object.entries(KEYS)) if (state[name]) said.set(short, state[name]);
  for (const words of moveWords()) said.append("m", words);
  for (const words of state.besideMoves) said.append("bm", words);
  const address = location.pathname + "?" + said.toString();
  if (address === location.pathname + location.search) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
}

export function moveWords() {
  return [...state.moves].map(([key, value]) => key + ":" + value);
}

function split(words) {
  const at = words.lastIndexOf(":");
  const value = Number(words.slice(at + 1));
  return at > 0 && Number.isFinite(value) ? [words.slice(0, at), value] : null;
}
