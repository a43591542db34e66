// Asking the server: with the token of the session, which the printed address brings in its fragment.

import { state } from "./state.js";

const TOKEN = "townward-token";
const page = crypto.getRandomValues(new Uint32Array(2)).join("-");

export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    localStorage.setItem(TOKEN, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
}

export class Refused extends Error {
  constructor(status, content) {
    super(content.refused || "");
    this.status = status;
    this.faults = content.faults || [];
  }
}

async function fetched(path, options) {
  const headers = { "x-townward-token": localStorage.getItem(TOKEN) || "", ...(options.headers || {}) };
  const answer = await fetch(path, { ...options, headers, credentials: "omit" });
  if (answer.ok) return answer;
  throw new Refused(answer.status, await answer.json().catch(() => ({})));
}

export async function get(path, words = [], signal = undefined) {
  const query = new URLSearchParams([["lang", state.lang], ...words]);
  return (await fetched(path + "?" + query, { signal })).json();
}

export async function post(path, content) {
  const headers = { "content-type": "application/json" };
  const query = new URLSearchParams([["lang", state.lang]]);
  return (await fetched(path + "?" + query, { method: "POST", headers, body: JSON.stringify(content) })).json();
}

export async function file(path, words) {
  const answer = await fetched(path + "?" + new URLSearchParams([["lang", state.lang], ...words]), {});
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") || "");
  return { name: name ? name[1] : "townward", content: await answer.blob() };
}

export const asker = page;
