"use strict";

/*
 * The charts of a comparison: the curves of all runs over each other, and each run's rate and
 * distortion. The curve or point next to the pointer is named below its chart.
 */
(() => {
  const HEIGHT = 260;
  const REACH = 40;
  const runs = page.data.runs;
  const drawn = new Map();

  /** A chart with a series for each run. */
  function draw(id, options, data, text) {
    const element = document.getElementById("chart-" + id);
    const label = document.getElementById("label-" + id);
    const hint = "Point at a run to see its name.";
    drawn.get(id)?.destroy();
    label.textContent = hint;
    const name = (u, index) => {
      const at = u.cursor.idx;
      label.textContent = index ? text(runs[index - 1], at == null ? null : u.data[index][at], at) : hint;
    };
    const chart = new uPlot(
      {
        width: page.chartWidth(element),
        height: HEIGHT,
        legend: { show: false },
        focus: { alpha: 0.25 },
        cursor: { drag: { x: false, y: false }, focus: { prox: REACH } },
        ...options,
        hooks: { setSeries: [name], ...options.hooks },
      },
      data,
      element,
    );
    if (!drawn.has(id)) {
      page.follow(element, HEIGHT, () => drawn.get(id));
    }
    drawn.set(id, chart);
  }

  function curves(id, digits) {
    const last = Math.max(...runs.map((r) => r.metrics.length));
    const epochs = Array.from({ length: last }, (_, i) => i + 1);
    const rows = runs.map((r) => epochs.map((e) => r.metrics[e - 1]?.[id] ?? null));
    if (rows.every((row) => row.every((v) => v === null))) {
      document.getElementById("chart-" + id).closest("figure").remove();
      return;
    }
    const options = {
      scales: { x: { time: false, range: last === 1 ? [0, 2] : [1, last] } },
      axes: [page.axis({ size: 32, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }), page.axis({ size: 56 })],
      series: [{}, ...runs.map((r) => ({ stroke: page.shade(r.color), width: 1.5, points: { show: last === 1, size: 6 } }))],
    };
    const text = (run, value, at) => run.name + (value == null ? "" : `: ${value.toFixed(digits)} after epoch ${at + 1}`);
    draw(id, options, [epochs, ...rows], text);
  }

  function plane() {
    const order = [...runs.keys()].sort((a, b) => runs[a].rate - runs[b].rate);
    const x = order.map((i) => runs[i].rate);
    const rows = runs.map((r, i) => order.map((o) => (o === i ? r.distortion : null)));
    const pad = (u, low, high) => {
      const room = (high - low || 1) * 0.06;
      return [low - room, high + room];
    };
    const options = {
      height: 360,
      scales: { x: { time: false, range: pad }, y: { range: pad } },
      axes: [
        page.axis({ size: 44, label: "rate: KL, nats" }),
        page.axis({ size: 56, label: "distortion: recon" }),
      ],
      series: [
        {},
        ...runs.map((r) => ({ stroke: page.shade(r.color), paths: () => null, points: { show: true, size: 10, fill: page.shade(r.color) } })),
      ],
    };
    // uPlot looks along x alone, where points may coincide.
    const nearest = (u) => {
      const far = runs.map((r) => Math.hypot(u.valToPos(r.rate, "x") - u.cursor.left, u.valToPos(r.distortion, "y") - u.cursor.top));
      const least = u.cursor.left < 0 ? Infinity : Math.min(...far);
      u.setSeries(least < REACH ? 1 + far.indexOf(least) : null, { focus: true });
    };
    draw("plane", { ...options, cursor: { drag: { x: false, y: false } }, hooks: { setCursor: [nearest] } }, [x, ...rows], (r) => `${r.name}: rate ${r.rate.toFixed(3)}, distortion ${r.distortion.toFixed(3)}`);
  }

  function all() {
    plane();
    [["loss", 3], ["kl", 4], ["psnr", 3], ["ssim", 4]].forEach(([id, digits]) => {
      if (document.getElementById("chart-" + id)) {
        curves(id, digits);
      }
    });
  }

  page.onColors(all);
  all();
})();
