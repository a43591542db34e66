(function () {
  "use strict";
  var root = document.documentElement;
  var SVG = "http://www.w3.org/2000/svg";
  var TOKEN = "townward-token";
  var STEP = 100;
  var it = null;
  var shapes = [];
  var heads = [];
  var state = { find: "", province: "", by: "", year: 0, klass: -1, county: -1, sort: "", down: true, many: STEP };
  var matching = [];

  function one(id) { return document.getElementById(id); }
  function word(key, parts) {
    return (it.words[key] || key).replace(/\{(\w+)\}/g, function (whole, name) { return parts && name in parts ? parts[name] : whole; });
  }
  // Elements with text only, never with markup of their own.
  function make(tag, attributes) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === false || value === undefined) { return; }
      if (name.slice(0, 2) === "on") { made.addEventListener(name.slice(2), value); } else if (name === "style") { made.style.cssText = value; } else { made.setAttribute(name, value === true ? "" : value); }
    });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) { if (child !== null && child !== "") { made.append(child); } });
    return made;
  }
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f'’\s]/g, "").toLowerCase(); }
  function scale(id) { return it.scales.find(function (each) { return each.id === id; }); }
  function value(id, county, year) {
    var own = it.values[id][county];
    return own ? own[it.years.indexOf(year)] : null;
  }
  function klass(of, found) {
    if (found === null || found === undefined) { return -1; }
    var place = of.breaks.findIndex(function (end) { return found < end; });
    return place < 0 ? of.breaks.length : place;
  }
  function colour(of, found) { var place = klass(of, found); return place < 0 ? it.unknown : of.colours[place]; }
  function said(kind, found) {
    if (found === null || found === undefined) { return "—"; }
    if (kind === "person") { return persons(found); }
    if (kind === "chance") { return found > 990 && found < 1000 ? ">99%" : found > 0 && found < 10 ? "<1%" : Math.round(found / 10) + "%"; }
    var sign = (kind === "change" || kind === "points") && found > 0 ? "+" : "";
    return (sign + (found / 10).toFixed(1)).replace("-", "−") + (kind === "points" ? "" : "%");
  }
  // Persons to three digits: a simulated median has no more.
  function persons(found) {
    var sizes = it.lang === "zh" ? [[1e4, " 万"]] : [[1e6, " million"], [1e3, " thousand"]];
    var size = sizes.find(function (each) { return found >= each[0]; }) || [1, ""];
    var shown = found / size[0];
    return (shown >= 100 ? String(Math.round(shown)) : shown.toPrecision(3)) + size[1];
  }
  function name(county) { return it.lang === "zh" ? it.counties.name[county] : it.counties.pinyin[county]; }
  function beside(county) {
    var own = it.counties;
    var other = it.lang === "zh" || own.name[county] === own.pinyin[county] ? "" : own.name[county] + " · ";
    var names = [own.prefectures[own.prefecture[county]], own.provinces[own.province[county]]];
    return other + names.filter(function (each, place) { return each && names.indexOf(each) === place; }).join(" · ");
  }

  // What is shown: the counties that fit what was searched and chosen.
  function fits(county) {
    var own = it.counties;
    if (state.province !== "" && String(own.province[county]) !== state.province) { return false; }
    if (state.klass >= 0 && klass(scale(state.by), value(state.by, county, state.year)) !== state.klass) { return false; }
    return !state.find || it.keys[county].indexOf(plain(state.find)) >= 0;
  }
  function choose() {
    matching = it.counties.code.map(function (_, county) { return county; }).filter(fits);
    var id = state.sort || state.by;
    var key = id === "name" ? function (county) { return it.counties.pinyin[county]; } : function (county) { return value(id, county, state.year); };
    var sign = state.down ? -1 : 1;
    var begins = function (county) { return state.find && ("|" + it.keys[county]).indexOf("|" + plain(state.find)) >= 0 ? 0 : 1; };
    matching.sort(function (a, b) {
      if (state.find && begins(a) !== begins(b)) { return begins(a) - begins(b); }
      var x = key(a), y = key(b);
      if (x === null || y === null) { return (x === null) - (y === null) || a - b; }
      return (typeof x === "string" ? sign * x.localeCompare(y, "en") : sign * (x - y)) || a - b;
    });
  }

  // On a phone the map is wider than the page: it scrolls by touch and by keys, and to the county that is chosen.
  function reach(here) {
    var box = document.querySelector(".drawing");
    if (box.scrollWidth <= box.clientWidth) { box.removeAttribute("tabindex"); return; }
    box.tabIndex = 0;
    if (!here) { return; }
    box.scrollLeft += here.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
  }

  window.addEventListener("resize", function () { reach(null); });

  function paint() {
    var of = scale(state.by);
    var fit = new Set(matching);
    shapes.forEach(function (shape, county) {
      if (!shape) { return; }
      shape.setAttribute("fill", colour(of, value(state.by, county, state.year)));
      shape.classList.toggle("off", !fit.has(county));
      shape.classList.toggle("here", county === state.county);
    });
    var here = shapes[state.county];
    if (here) { here.parentNode.appendChild(here); }
    reach(here);
    one("by-name").textContent = word("inYear", { name: of.name, year: state.year });
    one("by-about").textContent = of.about;
    legend(of);
  }
  function legend(of) {
    var counts = of.colours.map(function () { return 0; });
    var failed = 0;
    it.counties.code.forEach(function (_, county) {
      var place = klass(of, value(of.id, county, state.year));
      if (place < 0) { failed += 1; } else { counts[place] += 1; }
    });
    var buttons = of.colours.map(function (shade, place) {
      return make("button", { type: "button", "aria-pressed": String(state.klass === place), onclick: function () { state.klass = state.klass === place ? -1 : place; refresh(); } },
        make("i", { class: "swatch", style: "background:" + shade }), of.labels[place], make("small", {}, counts[place].toLocaleString("en")));
    });
    if (failed) { buttons.push(make("span", {}, make("i", { class: "swatch", style: "background:" + it.unknown }), " " + word("failed") + " " + failed)); }
    swap(one("legend"), buttons);
  }
  // New children in place of the old, with the focus where it was.
  function swap(box, children) {
    var place = Array.prototype.indexOf.call(box.children, document.activeElement);
    box.replaceChildren.apply(box, children);
    if (place >= 0 && box.children[place]) { box.children[place].focus(); }
  }

  function bars() {
    var of = scale(state.by);
    var single = it.counties.provinces.length === 1;
    var keys = single ? it.counties.prefecture : it.counties.province;
    var names = single ? it.counties.prefectures : it.counties.provinces;
    one("provinces-title").textContent = word(single ? "byPrefecture" : "byProvince");
    var groups = names.map(function () { return of.colours.map(function () { return 0; }); });
    keys.forEach(function (key, county) {
      var place = klass(of, value(of.id, county, state.year));
      if (place >= 0) { groups[key][place] += 1; }
    });
    var rows = [];
    groups.forEach(function (counts, key) {
      var all = counts.reduce(function (a, b) { return a + b; }, 0);
      if (!all) { return; }
      var parts = counts.map(function (count, place) { return count ? make("i", { style: "width:" + 100 * count / all + "%;background:" + of.colours[place], title: of.labels[place] + ": " + count }) : ""; });
      var told = counts.map(function (count, place) { return count ? of.labels[place] + ": " + count : ""; }).filter(Boolean).join("; ");
      var pick = single ? make("span", {}, names[key]) : make("button", { type: "button", class: "plain", "aria-pressed": String(state.province === String(key)), onclick: function () { state.province = state.province === String(key) ? "" : String(key); refresh(); } }, names[key]);
      rows.push(pick, make.apply(null, ["span", { class: "bar", role: "img", "aria-label": told }].concat(parts)), make("span", { class: "many" }, String(all)));
    });
    swap(one("bars"), rows);
  }

  function list() {
    if (!heads.length) { head(); }
    heads.forEach(function (cell) {
      var id = cell.dataset.column || "name";
      var is = id === (state.sort || state.by);
      if (is) { cell.setAttribute("aria-sort", state.down ? "descending" : "ascending"); } else { cell.removeAttribute("aria-sort"); }
      cell.classList.toggle("by", id === state.by || is);
    });
    var rows = matching.slice(0, state.many).map(function (county, place) {
      var cells = it.scales.map(function (of) {
        var found = value(of.id, county, state.year);
        var shown = of.id === state.by || of.id === state.sort;
        return make("td", { class: "number" + (shown ? " by" : ""), "data-column": of.id }, of.id === state.by ? make("i", { class: "swatch", style: "background:" + colour(of, found) }) : "", said(of.kind, found));
      });
      var head = make("th", { scope: "row" }, make("button", { type: "button", class: "plain", onclick: function () { open(county, true); } }, name(county)), make("small", {}, beside(county)));
      return make.apply(null, ["tr", { class: county === state.county ? "here" : null }, make("td", { class: "rank" }, String(place + 1)), head].concat(cells));
    });
    if (!rows.length) { rows = [make("tr", {}, make("td", { colspan: it.scales.length + 2 }, word("none")))]; }
    var body = one("rows").tBodies[0];
    body.replaceChildren.apply(body, rows);
    one("count").textContent = word("shown", { shown: matching.length.toLocaleString("en"), all: it.counties.code.length.toLocaleString("en") });
    one("more").hidden = matching.length <= state.many;
  }
  function head() {
    var columns = [{ id: "name", name: word("county"), plain: true }].concat(it.scales);
    heads = columns.map(function (of) {
      return make("th", { scope: "col", class: of.plain ? null : "number", "data-column": of.plain ? null : of.id }, make("button", { type: "button", class: "plain", title: word("sort"), onclick: function () { sort(of.id); } }, of.name));
    });
    one("rows").tHead.append(make.apply(null, ["tr", {}, make("th", { scope: "col", class: "number" }, word("rank"))].concat(heads)));
  }
  function sort(id) {
    var was = state.sort || state.by;
    state.down = was === id ? !state.down : id !== "name";
    state.sort = id;
    refresh();
  }

  // One county.
  function open(county, focus) {
    state.county = county;
    write();
    show();
    paint();
    list();
    if (focus) { one("county").focus({ preventScroll: true }); one("county").scrollIntoView({ block: "nearest" }); }
  }
  function show() {
    var box = one("county");
    var county = state.county;
    box.hidden = county < 0;
    if (county < 0) { box.replaceChildren(); return; }
    var own = it.counties;
    var title = make("div", {}, make("h2", { id: "county-name" }, name(county)), make("p", {}, beside(county) + " · " + word("code", { code: own.code[county] })));
    var close = make("button", { type: "button", class: "close", "aria-label": word("close"), onclick: function () { state.county = -1; write(); show(); paint(); list(); } }, "×");
    var scope = word("scope" + own.scope[county].charAt(0).toUpperCase() + own.scope[county].slice(1));
    var parts = [make("div", { class: "head" }, title, close)];
    var rows = [[word("targetHead"), word("target", { rate: said("share", own.target[county]), year: own.targetYear[county], scope: scope })]];
    if (!it.values.rate[county]) {
      parts.push(make("p", {}, word("failed") + ": " + own.error[county]));
    } else {
      var odds = value("probability", county, own.targetYear[county]);
      rows.push([word("verdict"), make("span", {}, make("span", { class: "badge", style: "background:" + own.colour[county] }, own.status[county]), " " + said("chance", odds))]);
      rows.push([word("then", { year: state.year }), band("rate", county, "share")]);
      rows.push([word("people", { year: state.year }), band("residents", county, "person")]);
      rows.push([word("ages", { year: state.year }), said("share", value("age_60_plus", county, state.year)) + ", " + said("share", value("age_0_14", county, state.year))]);
    }
    parts.push(make.apply(null, ["dl", {}].concat(rows.map(function (row) { return [make("dt", {}, row[0]), make("dd", {}, row[1])]; }).flat())));
    var fans = it.values.rate[county] ? ["rate", "residents"] : [];
    fans.forEach(function (id) { parts.push(make("div", { class: "fan", id: "fan-" + id, role: "img", "aria-label": it.fans[id].figure.layout.meta.title + ", " + name(county) })); });
    parts.push(make("h3", {}, word("own")));
    box.replaceChildren.apply(box, parts.concat(it.served ? asked(county) : typed(county)));
    fans.forEach(function (id) { fan(id, county); });
  }
  function band(id, county, kind) {
    var at = it.years.indexOf(state.year);
    return said(kind, value(id, county, state.year)) + " (" + said(kind, it.bands[id + "_low"][county][at]) + " – " + said(kind, it.bands[id + "_high"][county][at]) + ")";
  }
  function fan(id, county) {
    var of = it.fans[id];
    var data = [it.bands[id + "_high"], it.bands[id + "_low"], it.values[id]].map(function (values, place) {
      return Object.assign({}, of.figure.data[place], { x: it.years, y: values[county].map(function (each) { return each / of.divide; }) });
    });
    if (of.figure.data[3]) { data.push(Object.assign({}, of.figure.data[3], { x: [it.counties.targetYear[county]], y: [it.counties.target[county] / of.divide] })); }
    window.Plotly.react(one("fan-" + id), data, of.figure.layout, Object.assign({}, it.plotly, { displayModeBar: false })).then(function () {
      root.dataset.fans = String(county);
    });
  }
  function typed(county) {
    var put = function (text) { return text.split("{code}").join(it.counties.code[county]).split("{name}").join(it.counties.pinyin[county].replace(/[^\w' -]/g, "")); };
    var text = [it.command.add, it.command.serve].map(put).join("\n");
    var copy = make("button", { type: "button", onclick: function () {
      navigator.clipboard.writeText(text).then(function () { copy.textContent = word("copied"); }, function () {});
    } }, word("copy"));
    return [make("p", { class: "small" }, word("ownStatic")), make("pre", { tabindex: "0" }, text), copy];
  }
  function asked(county) {
    var button = make("button", { type: "button", class: "strong", id: "open", onclick: function () {
      button.disabled = true;
      button.textContent = word("opening");
      ask("/api/county", { code: it.counties.code[county] }).then(function (found) {
        location.href = "/?s=" + encodeURIComponent(found.name) + "&lang=" + it.lang;
      }, function (problem) { notice(problem.message); button.disabled = false; button.textContent = word("open"); });
    } }, word("open"));
    return [make("p", { class: "small" }, word("ownServed")), button];
  }

  function csv() {
    var quoted = function (text) { return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""') + '"'; };
    var lines = [["code", "name", "pinyin", "prefecture", "province", "year"].concat(it.scales.map(function (of) { return of.name + (of.kind === "person" ? "" : " (%)"); })).map(quoted).join(",")];
    matching.forEach(function (county) {
      var own = it.counties;
      var numbers = it.scales.map(function (of) { var found = value(of.id, county, state.year); return found === null ? "" : of.kind === "person" ? found : (found / 10).toFixed(1); });
      var words = [own.code[county], own.name[county], own.pinyin[county], own.prefectures[own.prefecture[county]], own.provinces[own.province[county]]];
      lines.push(words.map(quoted).concat(state.year, numbers).join(","));
    });
    var content = "\ufeff" + lines.join("\r\n") + "\r\n";
    root.dataset.csv = content;
    var link = make("a", { href: URL.createObjectURL(new Blob([content], { type: "text/csv" })), download: "counties-" + state.year + ".csv" });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  // The map.
  function draw() {
    var svg = one("map");
    var of = it.map;
    var layer = document.createElementNS(SVG, "g");
    svg.setAttribute("viewBox", "0 0 " + of.width + " " + of.height);
    shapes = it.counties.code.map(function (_, county) {
      var path = of.kind === "outlines" ? of.paths[county] : null;
      if (of.kind === "outlines" && !path) { return null; }
      var shape = document.createElementNS(SVG, path ? "path" : "rect");
      var said = path ? { d: path, "fill-rule": "evenodd" } : { x: of.squares[county][0], y: of.squares[county][1], width: 1, height: 1 };
      Object.keys(said).forEach(function (key) { shape.setAttribute(key, said[key]); });
      shape.setAttribute("class", "one");
      shape.dataset.county = String(county);
      layer.append(shape);
      return shape;
    });
    svg.append(layer);
    (of.tiles || []).forEach(function (tile) {
      var label = document.createElementNS(SVG, "text");
      label.setAttribute("x", tile.x);
      label.setAttribute("y", tile.y + 2.4);
      label.textContent = tile.name;
      svg.append(label);
    });
    svg.addEventListener("click", function (event) { var at = event.target.dataset.county; if (at !== undefined) { open(Number(at), false); } });
    svg.addEventListener("pointermove", tip);
    svg.addEventListener("pointerleave", function () { one("tip").hidden = true; });
    one("map-note").textContent = of.kind === "tiles" ? word("tilesNote") : [of.said, of.notice, word("outlinesNote")].filter(Boolean).join(" ");
    if (of.kind === "outlines") {
      one("zoom").hidden = false;
      var box = [0, 0, of.width, of.height];
      one("closer").onclick = function () { zoom(box, 0.5, of); };
      one("farther").onclick = function () { zoom(box, 2, of); };
      [["without", of.without], ["unmatched", of.unmatched]].forEach(function (pair) {
        if (pair[1].length) { one("apart").append(make("details", {}, make("summary", {}, word(pair[0], { count: pair[1].length })), make("p", {}, pair[1].join(it.lang === "zh" ? "、" : ", ")))); }
      });
      drag(svg, box, of);
    }
  }
  function seen(svg, box) { svg.setAttribute("viewBox", box.join(" ")); }
  function keep(box, of) {
    box[2] = Math.min(box[2], of.width); box[3] = Math.min(box[3], of.height);
    box[0] = Math.max(0, Math.min(box[0], of.width - box[2])); box[1] = Math.max(0, Math.min(box[1], of.height - box[3]));
  }
  function zoom(box, times, of) {
    var here = shapes[state.county] ? shapes[state.county].getBBox() : null;
    var x = here && times < 1 ? here.x + here.width / 2 : box[0] + box[2] / 2, y = here && times < 1 ? here.y + here.height / 2 : box[1] + box[3] / 2;
    box[2] = Math.max(of.width / 64, box[2] * times); box[3] = Math.max(of.height / 64, box[3] * times);
    box[0] = x - box[2] / 2; box[1] = y - box[3] / 2;
    keep(box, of);
    seen(one("map"), box);
  }
  function drag(svg, box, of) {
    var from = null;
    svg.addEventListener("pointerdown", function (event) { from = [event.clientX, event.clientY]; });
    window.addEventListener("pointerup", function () { from = null; });
    svg.addEventListener("pointermove", function (event) {
      if (!from || event.pointerType !== "mouse") { return; }
      var step = box[2] / svg.clientWidth;
      box[0] -= (event.clientX - from[0]) * step; box[1] -= (event.clientY - from[1]) * step;
      from = [event.clientX, event.clientY];
      keep(box, of);
      seen(svg, box);
    });
  }
  function tip(event) {
    var at = event.target.dataset.county;
    var box = one("tip");
    box.hidden = at === undefined;
    if (at === undefined) { return; }
    var of = scale(state.by);
    box.replaceChildren(make("b", {}, name(Number(at))), make("small", {}, beside(Number(at))), make("span", {}, word("inYear", { name: of.name, year: state.year }) + ": " + said(of.kind, value(of.id, Number(at), state.year))));
    box.style.left = Math.min(event.clientX + 14, window.innerWidth - box.offsetWidth - 8) + "px";
    box.style.top = Math.min(event.clientY + 14, window.innerHeight - box.offsetHeight - 8) + "px";
  }

  function refresh() {
    choose();
    paint();
    bars();
    list();
    one("province").value = state.province;
    write();
    root.dataset.shown = String(matching.length);
  }
  function write() {
    var words = new URLSearchParams();
    words.set("by", state.by);
    words.set("y", state.year);
    if (state.find) { words.set("q", state.find); }
    if (state.province !== "") { words.set("p", it.counties.provinces[Number(state.province)]); }
    if (state.sort) { words.set("s", state.sort + (state.down ? "" : "-")); }
    if (state.county >= 0) { words.set("c", it.counties.code[state.county]); }
    try { history.replaceState(null, "", location.pathname + location.search + "#" + words); } catch (refused) { /* a file's address cannot be written everywhere */ }
  }
  function read() {
    var words = new URLSearchParams(location.hash.slice(1));
    var by = words.get("by"), year = Number(words.get("y")), sorted = words.get("s") || "", province = it.counties.provinces.indexOf(words.get("p"));
    state.by = scale(by) ? by : it.scales[0].id;
    state.year = it.years.indexOf(year) >= 0 ? year : it.targetYear;
    if (it.years.indexOf(state.year) < 0) { state.year = it.years[it.years.length - 1]; }
    state.find = words.get("q") || "";
    state.province = province >= 0 ? String(province) : "";
    state.down = !sorted.endsWith("-");
    sorted = sorted.replace(/-$/, "");
    state.sort = scale(sorted) || sorted === "name" ? sorted : "";
    state.county = it.counties.code.indexOf(words.get("c"));
  }
  function wire() {
    var own = it.counties;
    it.keys = own.code.map(function (code, county) { return plain([code, own.name[county], own.pinyin[county], own.prefectures[own.prefecture[county]], own.provinces[own.province[county]]].join("|")); });
    one("by").append.apply(one("by"), it.scales.map(function (of) { return make("option", { value: of.id }, of.name); }));
    var order = own.provinces.map(function (_, place) { return place; });
    one("province").append.apply(one("province"), [make("option", { value: "" }, word("all"))].concat(order.map(function (place) { return make("option", { value: String(place) }, own.provinces[place]); })));
    one("by").value = state.by;
    one("find").value = state.find;
    var year = one("year");
    year.min = 0;
    year.max = it.years.length - 1;
    year.value = it.years.indexOf(state.year);
    var tell = function () { one("year-said").value = state.year; year.setAttribute("aria-valuetext", String(state.year)); };
    tell();
    var waiting = 0;
    year.addEventListener("input", function () {
      state.year = it.years[Number(year.value)];
      tell();
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(function () { refresh(); show(); });
    });
    one("by").addEventListener("change", function () { state.by = one("by").value; state.klass = -1; state.sort = ""; state.down = true; refresh(); });
    one("province").addEventListener("change", function () { state.province = one("province").value; refresh(); });
    one("find").addEventListener("input", function () { state.find = one("find").value; state.many = STEP; refresh(); });
    one("find").addEventListener("keydown", function (event) { if (event.key === "Enter" && matching.length) { open(matching[0], true); } });
    one("more").addEventListener("click", function () { state.many += 5 * STEP; list(); });
    one("csv").addEventListener("click", csv);
  }
  function notice(text) { one("notice").textContent = text; one("notice").hidden = !text; }

  // Asking the live server, where there is one.
  function ask(path, content) {
    var options = { headers: { "x-townward-token": localStorage.getItem(TOKEN) || "" }, credentials: "omit" };
    if (content) { options.method = "POST"; options.body = JSON.stringify(content); options.headers["content-type"] = "application/json"; }
    return fetch(path + "?lang=" + root.lang.slice(0, 2), options).catch(function () { throw new Error(it ? word("lost") : "—"); }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (found) {
        if (answer.ok) { return found; }
        var faults = (found.faults || []).map(function (fault) { return fault.message; }).join(" ");
        throw new Error(faults || (it ? word("refused") : "townward atlas --serve"));
      });
    });
  }
  function start(content) {
    it = content;
    read();
    wire();
    draw();
    refresh();
    if (state.county >= 0) { show(); }
    root.dataset.ready = "true";
  }
  var inline = one("content");
  if (inline) { start(JSON.parse(inline.textContent)); return; }
  var given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    localStorage.setItem(TOKEN, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  ask("/api/atlas").then(start, function (problem) { notice(problem.message); });
})();
