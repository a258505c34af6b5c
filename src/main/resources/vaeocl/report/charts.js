"use strict";

/*
 * The interactive charts. setMetrics(rows) draws the curves of a run from rows such as
 * {epoch, loss, recon, kl, psnr, ssim, psnr_mean, ssim_mean}, and can be called again with more of
 * them. Needs page.js, uPlot, and an element "chart-…" for each chart that shall be drawn.
 */
const charts = (() => {
  const HEIGHT = 230;
  const MOST_MARKERS = 40;
  const EPOCHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

  const CURVES = [
    { id: "loss", digits: 3, series: [["loss", "loss", "first"], ["reconstruction", "recon", "second"]] },
    { id: "kl", digits: 4, series: [["KL", "kl", "third"]] },
    { id: "psnr", digits: 3, series: [["sampled z", "psnr", "first"], ["z = mu", "psnr_mean", "second"]] },
    { id: "ssim", digits: 4, series: [["sampled z", "ssim", "first"], ["z = mu", "ssim_mean", "second"]] },
  ];

  /** By the id of its element: how to make the chart anew, and the chart as it is. */
  const drawn = new Map();

  /** Draws a chart for the first time, or with other colours. */
  function draw(id, make) {
    const element = document.getElementById("chart-" + id);
    if (!element) {
      return;
    }
    const old = drawn.get(id);
    if (old) {
      old.chart.destroy();
    } else {
      page.follow(element, HEIGHT, () => drawn.get(id).chart);
    }
    const [options, data] = make();
    const last = data[0].length - 1;
    // Where the pointer is elsewhere, the legend shows the last value.
    const rest = (u) => u.cursor.idx == null && u.setLegend({ idx: last });
    const chart = new uPlot(
      {
        width: page.chartWidth(element),
        height: HEIGHT,
        cursor: { drag: { x: false, y: false }, sync: options.sync },
        hooks: { setCursor: [rest], ready: [rest] },
        ...options,
      },
      data,
      element,
    );
    drawn.set(id, { make, chart });
  }

  function curves({ digits, series }, rows) {
    const last = rows.length;
    const options = {
      sync: { key: "epoch" },
      scales: { x: { time: false, range: last === 1 ? [0, 2] : [1 - 0.03 * (last - 1), last + 0.03 * (last - 1)] } },
      axes: [page.axis({ incrs: EPOCHS, size: 32 }), page.axis({ size: 56 })],
      series: [
        { label: "epoch" },
        ...series.map(([label, , color]) => ({
          label,
          stroke: page.color(color),
          width: 2,
          points: { show: last <= MOST_MARKERS, size: 6, fill: page.color(color) },
          value: (u, v) => (v == null ? "–" : v.toFixed(digits)),
        })),
      ],
    };
    return [options, [rows.map((r) => r.epoch), ...series.map(([, key]) => rows.map((r) => r[key]))]];
  }

  function bars(kl) {
    const options = {
      scales: { x: { time: false, range: [0.4, kl.length + 0.6] }, y: { range: (u, low, high) => [0, high * 1.05 || 1] } },
      axes: [page.axis({ incrs: EPOCHS, size: 32, grid: { show: false } }), page.axis({ size: 56 })],
      series: [
        { label: "dimension", value: (u, v) => (v == null ? "–" : "z" + v) },
        {
          label: "KL in nats",
          fill: page.color("first"),
          paths: uPlot.paths.bars({ size: [0.7, 48] }),
          points: { show: false },
          value: (u, v) => (v == null ? "–" : v.toFixed(4)),
        },
      ],
    };
    return [options, [kl.map((_, d) => d + 1), kl]];
  }

  page.onColors(() => [...drawn].forEach(([id, { make }]) => draw(id, make)));

  return {
    setMetrics(rows) {
      if (rows.length > 0) {
        CURVES.forEach((chart) => draw(chart.id, () => curves(chart, rows)));
      }
    },

    /** Draws the KL divergence of each latent dimension. */
    setDimensions(kl) {
      draw("dimensions", () => bars(kl));
    },
  };
})();

const setMetrics = charts.setMetrics;
