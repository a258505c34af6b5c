"use strict";

/* A prepared experiment: its charts, the knob that shows one net at a time, and the pointer on maps. */
(() => {
  const HEIGHT = 260;
  const drawn = new Map();

  /** A line with a mark at every net. */
  function draw({ id, x, y, log, xLabel, yLabel, names, digits }) {
    const element = document.getElementById("chart-" + id);
    const room = (u, low, high) => [low - 0.06 * (high - low || 1), high + 0.06 * (high - low || 1)];
    const ends = (u, low, high) => [low / 1.25, high * 1.25];
    const color = page.color("first");
    const rest = (u) => u.cursor.idx == null && u.setLegend({ idx: x.length - 1 });
    const fixed = (v) => (v == null ? "–" : v.toFixed(digits));
    drawn.get(id)?.destroy();
    const chart = new uPlot(
      {
        width: page.chartWidth(element),
        height: HEIGHT,
        cursor: { drag: { x: false, y: false } },
        hooks: { setCursor: [rest], ready: [rest] },
        scales: { x: log ? { time: false, distr: 3, range: ends } : { time: false, range: room }, y: { range: room } },
        axes: [
          page.axis({ label: xLabel, size: 44, ...(log && { splits: () => x, values: (u, s) => s.map(String), filter: (u, s) => s }) }),
          page.axis({ label: yLabel, size: 56 }),
        ],
        series: [
          { label: "β", value: (u, v, s, i) => (i == null ? "–" : names[i]) },
          { label: yLabel, stroke: color, width: 2, points: { show: true, size: 8, fill: color }, value: (u, v) => fixed(v) },
        ],
      },
      [x, y],
      element,
    );
    if (!drawn.has(id)) {
      page.follow(element, HEIGHT, () => drawn.get(id));
    }
    drawn.set(id, chart);
  }

  const all = () => (page.data.charts ?? []).forEach(draw);
  page.onColors(all);
  all();

  const knob = document.querySelector(".knob");
  if (knob) {
    const cards = [...document.querySelectorAll(".card")];
    const input = knob.querySelector("input");
    const show = () => {
      cards.forEach((card, i) => (card.hidden = i !== Number(input.value)));
      const name = cards[input.value].querySelector("h3").textContent;
      knob.querySelector("output").textContent = name;
      input.setAttribute("aria-valuetext", name);
    };
    knob.classList.add("on");
    input.addEventListener("input", show);
    show();
  }

  /* The cell below the pointer is marked on the map and on its grid, and told. */
  const SIDE = 1000;
  for (const way of document.querySelectorAll(".way")) {
    const told = way.querySelector(".told");
    const rest = told.textContent;
    const grid = way.querySelector(".grid");
    const cells = Number(grid.dataset.cells);
    const box = grid.dataset.box.split(" ").map(Number);
    const marks = [...way.querySelectorAll(".at")];
    const mark = (column, row) => {
      marks.forEach((m) => {
        m.removeAttribute("hidden");
        m.setAttribute("x", (column * SIDE) / cells);
        m.setAttribute("y", (row * SIDE) / cells);
      });
      const z1 = box[0] + ((column + 0.5) / cells) * (box[1] - box[0]);
      const z2 = box[2] + (1 - (row + 0.5) / cells) * (box[3] - box[2]);
      const no = grid.querySelector(`.no[data-cell="${row * cells + column}"]`);
      told.textContent = `z = (${z1.toFixed(2)}, ${z2.toFixed(2)}): ${no ? "a hole, the judge rejects it" : "accepted"}`;
    };
    way.querySelectorAll(".plane").forEach((plane) => {
      plane.addEventListener("pointermove", (event) => {
        const r = plane.getBoundingClientRect();
        const cell = (at, from, size) => Math.min(cells - 1, Math.max(0, Math.floor((cells * (at - from)) / size)));
        mark(cell(event.clientX, r.left, r.width), cell(event.clientY, r.top, r.height));
      });
      plane.addEventListener("pointerleave", () => {
        marks.forEach((m) => m.setAttribute("hidden", ""));
        told.textContent = rest;
      });
    });
  }
})();
