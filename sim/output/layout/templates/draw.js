(function () {
  "use strict";
  var root = document.documentElement;
  var spec = JSON.parse(document.getElementById("figures").textContent);
  var counts = { drawn: 0, failed: 0, blocked: 0 };
  function tell() {
    Object.keys(counts).forEach(function (key) { root.dataset[key] = String(counts[key]); });
    root.dataset.requests = String(performance.getEntriesByType("resource").length);
  }
  function failed(box, error) {
    counts.failed += 1;
    box.classList.add("failed");
    box.textContent = spec.failed + " (" + error + ")";
    tell();
  }
  function draw(id, figure) {
    var box = document.getElementById(id);
    box.style.setProperty("--buttons", Math.max(58, figure.layout.margin.t - 32) + "px");
    try {
      Plotly.react(box, figure.data, figure.layout, spec.config).then(function () {
        if (!box.dataset.drawn) { counts.drawn += 1; }
        box.dataset.drawn = "true";
        document.getElementById(id + "-words").textContent = figure.layout.meta.title + ". " + figure.layout.meta.subtitle;
        tell();
      }, function (error) { failed(box, error); });
    } catch (error) {
      failed(box, error);
    }
  }
  function at(figure, frame) {
    if (!frame) { return figure; }
    var data = figure.data.map(function (trace, place) { return Object.assign({}, trace, (frame.data || [])[place]); });
    return { data: data, layout: Object.assign({}, figure.layout, frame.layout) };
  }
  function choose(id) {
    var place = document.getElementById(id).closest("figure");
    var chosen = Array.from(place.querySelectorAll("select")).map(function (one) { return one.value; });
    var figure = spec.choices[id][chosen.join("|")];
    var slider = place.querySelector("[data-slider]");
    var frame = slider && figure.frames ? figure.frames[Number(slider.value)] : null;
    if (frame) {
      slider.setAttribute("aria-valuetext", frame.name);
      place.querySelector("output").textContent = frame.name;
    }
    draw(id, at(figure, frame));
  }
  function chooses(id) {
    var place = document.getElementById(id).closest("figure");
    place.querySelectorAll("select").forEach(function (select) {
      select.addEventListener("change", function () {
        Object.keys(spec.choices).forEach(function (other) {
          var same = document.getElementById(other).closest("figure").querySelector(
            'select[data-chooser="' + select.dataset.chooser + '"]');
          if (!same) { return; }
          if (same !== select && Array.from(same.options).some(function (one) { return one.value === select.value; })) {
            same.value = select.value;
          }
          if (same.value === select.value) { choose(other); }
        });
      });
    });
    place.querySelectorAll("[data-slider]").forEach(function (slider) {
      slider.addEventListener("input", function () { choose(id); });
    });
  }
  function key(row, column) {
    var cell = row.cells[column];
    return cell && cell.dataset.rank !== undefined ? Number(cell.dataset.rank) : cell ? cell.textContent.trim() : "";
  }
  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    if (typeof one === "number" || typeof other === "number") { return typeof one === "number" ? -1 : 1; }
    return one.localeCompare(other, root.lang, { numeric: true });
  }
  function sort(table, column, sign) {
    var runs = [[]];
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      if (row.classList.contains("group")) { runs.push([row]); } else { runs[runs.length - 1].push(row); }
    });
    runs.forEach(function (run) {
      var head = run.filter(function (row) { return row.classList.contains("group"); });
      var rows = run.filter(function (row) { return !row.classList.contains("group"); });
      rows.sort(function (one, other) { return sign * compare(key(one, column), key(other, column)); });
      head.concat(rows).forEach(function (row) { table.tBodies[0].appendChild(row); });
    });
  }
  function sortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.title = spec.sort;
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (one) { one.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down ? -1 : 1);
      });
    });
  }
  document.addEventListener("securitypolicyviolation", function () { counts.blocked += 1; tell(); });
  tell();
  Object.keys(spec.figures).forEach(function (id) { draw(id, spec.figures[id]); });
  Object.keys(spec.choices).forEach(function (id) { chooses(id); choose(id); });
  document.querySelectorAll("table").forEach(function (table) {
    if (table.tBodies[0].rows.length > 2) { sortable(table); }
  });
  function fit() {
    document.querySelectorAll(".chart").forEach(function (box) { Plotly.Plots.resize(box); });
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (folded) { folded.open = true; });
    fit();
  });
  window.addEventListener("afterprint", fit);
})();
