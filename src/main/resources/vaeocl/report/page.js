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

  const PAPER_WIDTH = 320;
  const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const printing = () => "print" in root.dataset;
  const chartWidth = (element) => (printing() ? PAPER_WIDTH : Math.max(element.clientWidth, 200));

  return {
    data: JSON.parse(document.getElementById("data").textContent),

    /** A value that the style sheet names: a colour such as "ink", or "dots", their opacity. */
    color,

    /** A class' colour, lighter on a dark page. */
    shade(full) {
      const lift = Number(color("lift"));
      const parts = [1, 3, 5].map((i) => parseInt(full.slice(i, i + 2), 16));
      return "rgb(" + parts.map((part) => Math.round(part + lift * (255 - part))).join(", ") + ")";
    },

    /** A square canvas' context in CSS pixels, emptied, at the screen's resolution. */
    prepared(canvas, size) {
      const scale = window.devicePixelRatio || 1;
      canvas.width = canvas.height = Math.round(size * scale);
      const g = canvas.getContext("2d");
      g.scale(scale, scale);
      return g;
    },

    printing,

    /** How wide a chart is that fills an element; on paper, half a page. */
    chartWidth,

    /** Has a chart keep its element's width: `current` gives it as it is. */
    follow(element, height, current) {
      new ResizeObserver(() => {
        const width = chartWidth(element);
        if (width !== current().width) {
          current().setSize({ width, height });
        }
      }).observe(element);
    },

    /** A chart's axis in the page's colours. */
    axis(options) {
      const line = { stroke: color("line"), width: 1 };
      const font = "12px system-ui, sans-serif";
      return { stroke: color("quiet"), font, labelFont: font, labelSize: 20, grid: line, ticks: line, ...options };
    },

    /** Has `draw` called whenever the colours change. */
    onColors: (draw) => listeners.push(draw),
  };
})();
