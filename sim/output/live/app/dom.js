// Small helpers: elements with text only, never with markup of their own.

// Said before the server has given any words.
let words = {
  refused: "This page is of an earlier session. Open the address that townward serve printed. 本页属于先前的会话，请打开 townward serve 输出的网址。",
  lost: "The server does not answer: start townward serve again. 服务器没有响应，请重新启动 townward serve。",
};

export function setWords(given) { words = given; }

export function word(key, parts = {}) {
  return (words[key] || key).replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? parts[name] : whole));
}

export const one = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") made.style.cssText = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function choose(select, options, value) {
  select.replaceChildren(...options.map((option) => make("option", { value: option.value, selected: option.value === value }, option.text)));
}

export function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export async function painted() {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
}
