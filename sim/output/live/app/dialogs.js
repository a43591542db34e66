// Dialogs: saving the state as a scenario file, and asking what it would take.

import { make, one, word } from "./dom.js";
import { names } from "./levers.js";
import { get, post, Refused } from "./server.js";
import { state } from "./state.js";

function opened(title, ...content) {
  const dialog = one("dialog");
  dialog.replaceChildren(make("h2", { id: "dialog-title" }, title), ...content);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

const close = () => make("button", { type: "button", onclick: () => one("dialog").close() }, word("close"));

function faultsOf(problem) {
  if (problem instanceof Refused && problem.faults.length) return problem.faults.map((fault) => make("p", {}, fault.message));
  return [make("p", {}, word(problem instanceof Refused && problem.status === 403 ? "readOnly" : "lost"))];
}

export function save(readOnly, done) {
  if (readOnly) { opened(word("save"), make("p", {}, word("readOnly")), make("div", { class: "row" }, close())); return; }
  const name = make("input", { type: "text", name: "name", required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
  const title = make("input", { type: "text", name: "title", maxlength: 200, autocomplete: "off" });
  const told = make("div", { class: "told", role: "status", hidden: true });
  const submit = make("button", { type: "submit", class: "strong" }, word("saveDo"));
  const form = make("form", { method: "dialog" }, make("p", {}, word("saveIntro")), moved(),
    make("label", {}, word("saveName"), name), make("label", {}, word("saveTitle"), title), told,
    make("div", { class: "row" }, close(), submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const made = await post("/api/save", { scenario: state.scenario, moves: Object.fromEntries(state.moves), name: name.value, title: title.value });
      told.replaceChildren(make("p", {}, word("saved", { file: made.file })));
      done(made);
    } catch (problem) {
      told.replaceChildren(...faultsOf(problem));
      submit.disabled = false;
    }
    told.hidden = false;
  });
  opened(word("save"), form);
  name.focus();
}

function moved() {
  const list = names([...state.moves.keys()]);
  return list.length ? make("ul", {}, ...list.map((name) => make("li", {}, name))) : "";
}

export function seek(row, apply) {
  const chance = make("input", { type: "number", min: 1, max: 99, step: 1, value: 80 });
  const told = make("div", { class: "told", role: "status", "aria-live": "polite", hidden: true });
  const begin = make("button", { type: "button", class: "strong", disabled: !state.moves.size }, word("seekBegin"));
  const end = make("button", { type: "button", hidden: true }, word("seekCancel"));
  const use = make("button", { type: "button", class: "strong", hidden: true }, word("seekApply"));
  const dialog = opened(word("seek"),
    make("p", {}, make("b", {}, row.title), " ", row.aim, " · ", String(row.year)),
    make("p", {}, word("seekIntro")),
    state.moves.size ? make("p", {}, word("seekLevers") + ":") : make("p", {}, word("seekNone")), moved(),
    make("label", {}, word("seekProbability") + " (%)", chance), told,
    make("div", { class: "row" }, close(), end, begin, use));
  let job = null;
  const say = (...lines) => { told.replaceChildren(...lines.map((line) => make("p", {}, line))); told.hidden = false; };
  const cancel = () => { if (job) post("/api/seek/" + job + "/cancel", {}).catch(() => {}); };
  end.onclick = cancel;
  dialog.addEventListener("close", cancel, { once: true });
  begin.onclick = async () => {
    begin.disabled = true;
    try {
      const asked = { scenario: state.scenario, moves: Object.fromEntries(state.moves), target: row.id, probability: chance.valueAsNumber / 100 };
      job = (await post("/api/seek", asked)).job;
      end.hidden = false;
      for (;;) {
        const found = await get("/api/seek/" + job);
        if (found.standing === "running") {
          say(word("seekTried", { tried: found.tried }));
          await new Promise((wait) => setTimeout(wait, 250));
          continue;
        }
        job = null;
        if (found.standing === "cancelled") say(word("seekCancelled"));
        else if (found.faults) say(...found.faults.map((fault) => fault.message));
        else {
          say(...found.sentences);
          use.hidden = false;
          use.onclick = () => { dialog.close(); apply(found.moves); };
        }
        break;
      }
    } catch (problem) {
      told.replaceChildren(...faultsOf(problem));
      told.hidden = false;
    }
    end.hidden = true;
    begin.disabled = false;
  };
}
