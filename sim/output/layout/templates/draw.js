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
  document.addEventListener("securitypolicyviolation", function () { counts.blocked += 1; tell(); });
  tell();
  Object.keys(spec.figures).forEach(function (id) {
    var box = document.getElementById(id);
    var figure = spec.figures[id];
    try {
      Plotly.newPlot(box, figure.data, figure.layout, spec.config).then(function () {
        box.dataset.drawn = "true";
        counts.drawn += 1;
        tell();
      }, function (error) { failed(box, error); });
    } catch (error) {
      failed(box, error);
    }
  });
  function fit() {
    Object.keys(spec.figures).forEach(function (id) { Plotly.Plots.resize(document.getElementById(id)); });
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (folded) { folded.open = true; });
    fit();
  });
  window.addEventListener("afterprint", fit);
})();
