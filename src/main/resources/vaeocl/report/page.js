"use strict";

/* What the other scripts share: the page's data, and its colours as they are at the moment. */
const page = (() => {
  const listeners = [];
  const redraw = () => listeners.forEach((listener) => listener());
  const root = document.documentElement;

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // Canvases keep their pixels: on paper they have to be dark on white as well.
  addEventListener("beforeprint", () => {
    root.dataset.print = "1";
    redraw();
  });
  addEventListener("afterprint", () => {
    delete root.dataset.print;
    redraw();
  });

  return {
    data: JSON.parse(document.getElementById("data").textContent),

    /** A value that the style sheet names: a colour such as "ink", or "dots", their opacity. */
    color: (name) => getComputedStyle(root).getPropertyValue("--" + name).trim(),

    printing: () => "print" in root.dataset,

    /** Has `draw` called whenever the colours change. */
    onColors: (draw) => listeners.push(draw),
  };
})();
