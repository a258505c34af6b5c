"use strict";

/*
 * What is drawn into the pad, encoded: q(z|x) on the map, reconstruction, samples, the nearest test
 * images, and whether the model knows its like. The state can be read by window.draw.
 */
(() => {
  const model = page.data.explorer && page.data.explorer.draw;
  const root = document.getElementById("draw");
  if (!model || !root) {
    return;
  }
  const SAMPLES = 5;
  const NEIGHBOURS = 5;
  const NEVER = 1; // per cent of the test images: what lies below looks like none of them
  const SELDOM = 10;

  const $ = (id) => document.getElementById(id);
  const { latent, rows, cols, map, near } = page.data.explorer;
  const encode = encoder.build(model);
  const brush = ink.build({ rows, cols, box: model.box, centre: model.centre });
  const noise = Array.from({ length: SAMPLES }, () => Float32Array.from({ length: latent }, explorer.normal));
  let strokes = [];
  let under = null; // grey levels below the strokes
  let levels = new Uint8Array(rows * cols);
  let code = null; // q(z|x); null where nothing is drawn
  let elbo = NaN;
  let nearest = [];

  /* The pictures. */

  function place(caption, parent) {
    const figure = document.createElement("figure");
    const canvas = document.createElement("canvas");
    const text = document.createElement("figcaption");
    canvas.width = cols;
    canvas.height = rows;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", caption.replace("\u00ad", ""));
    text.textContent = caption;
    figure.append(canvas, text);
    parent.append(figure);
    return { canvas, text };
  }

  function row(title, captions) {
    const div = document.createElement("div");
    const heading = document.createElement("p");
    heading.className = "quiet";
    heading.textContent = title;
    div.append(heading);
    $("results").append(div);
    return captions.map((caption) => place(caption, div));
  }

  const [input, recon] = row("As the model sees it", ["drawn", "recon\u00adstruction"]);
  const sampled = model.samples ? row("Samples of q(z|x), decoded", Array(SAMPLES).fill("")) : [];
  const neighbours = row("The nearest test images by mu", Array(Math.min(NEIGHBOURS, near.count)).fill(""));

  /* The map. */

  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

  /** Mean and covariance of q(z|x) on the map, or along its only axis. */
  function projected() {
    const offset = Array.from(code.mu, (value, d) => value - map.origin[d]);
    const variance = Array.from(code.logvar, Math.exp);
    const cov = (a, b) => dot(variance, a.map((part, d) => part * b[d]));
    const [a, b] = map.axes;
    return b
      ? { x: dot(offset, a), y: dot(offset, b), xx: cov(a, a), xy: cov(a, b), yy: cov(b, b) }
      : { x: dot(offset, a), xx: cov(a, a) };
  }

  /** Where the mean and points at that many standard deviations lie; a band where y means nothing. */
  function outline({ x, y, xx, xy, yy }, deviations) {
    if (y === undefined) {
      const off = deviations * Math.sqrt(xx);
      const [, , low, high] = map.bounds;
      return [[x - off, low], [x - off, high], [x + off, high], [x + off, low]];
    }
    // The columns of the covariance's Cholesky factor take a circle to the ellipse.
    const l11 = Math.sqrt(xx);
    const l21 = l11 > 0 ? xy / l11 : 0;
    const l22 = Math.sqrt(Math.max(0, yy - l21 * l21));
    return Array.from({ length: 72 }, (_, i) => {
      const [c, s] = [Math.cos((i * Math.PI) / 36), Math.sin((i * Math.PI) / 36)];
      return [x + deviations * l11 * c, y + deviations * (l21 * c + l22 * s)];
    });
  }

  /** Paints q(z|x): its mean, and one and two standard deviations around it. */
  function paintPosterior(g, toScreen) {
    if (!code) {
      return;
    }
    const q = projected();
    const middle = q.y === undefined ? (map.bounds[2] + map.bounds[3]) / 2 : q.y;
    // A light line below a dark one, or the other way round: seen on every colour.
    for (const [color, width] of [["card", 5], ["ink", 2]]) {
      g.strokeStyle = page.color(color);
      g.lineWidth = width;
      for (const deviations of model.samples ? [1, 2] : []) {
        g.beginPath();
        outline(q, deviations).forEach(([x, y]) => g.lineTo(...toScreen(x, y)));
        g.closePath();
        g.stroke();
      }
      const [x, y] = toScreen(q.x, middle);
      g.beginPath();
      g.moveTo(x - 5, y);
      g.lineTo(x + 5, y);
      g.moveTo(x, y - 5);
      g.lineTo(x, y + 5);
      g.stroke();
    }
  }

  const redrawMap = explorer.overlay(paintPosterior);
  const background = document.createElement("canvas"); // the inset's points, drawn once

  const insetSide = () => $("inset").clientWidth || 1;
  const toInset = (x, y) => explorer.toScreen(x, y).map((v) => (v * insetSide()) / explorer.side());

  function drawBackground() {
    explorer.paintCloud(explorer.prepared(background, insetSide()), toInset, 1, 13);
    drawInset();
  }

  function drawInset() {
    const size = insetSide();
    const g = explorer.prepared($("inset"), size);
    g.drawImage(background, 0, 0, size, size);
    paintPosterior(g, toInset);
  }

  /* The pad. */

  const unit = () => ($("pad").clientWidth || 1) / cols; // CSS pixels of a pixel

  function drawPad() {
    const pad = $("pad");
    const scale = window.devicePixelRatio || 1;
    pad.width = Math.round(pad.clientWidth * scale);
    pad.height = Math.round((pad.clientWidth * scale * rows) / cols);
    const g = pad.getContext("2d");
    g.scale((unit() * scale), (unit() * scale));
    g.fillStyle = "#000";
    g.fillRect(0, 0, cols, rows);
    if (under) {
      const canvas = document.createElement("canvas");
      canvas.width = cols;
      canvas.height = rows;
      explorer.show(canvas, Float32Array.from(under, (level) => level / 255));
      g.imageSmoothingEnabled = false;
      g.drawImage(canvas, 0, 0);
    }
    g.strokeStyle = "#fff";
    brush.trace(g, strokes, 1, [0, 0], brush.width);
    pen.paint(g);
  }

  /* What follows from the strokes. */

  const signed = (value, digits) => value.toFixed(digits).replace("-", "−");

  function distance(n) {
    let sum = 0;
    for (let d = 0; d < latent; d++) {
      sum += (explorer.means[n * latent + d] - code.mu[d]) ** 2;
    }
    return sum;
  }

  /** The numbers of the test images on the page whose mu are nearest, the nearest first. */
  function findNearest() {
    const far = Array.from({ length: near.count }, (_, n) => distance(n));
    return far
      .map((_, n) => n)
      .sort((a, b) => far[a] - far[b])
      .slice(0, neighbours.length);
  }

  function encodeLevels() {
    levels = brush.picture(strokes, under);
    if (model.binary) {
      levels = levels.map((level) => (level < 128 ? 0 : 255));
    }
    const x = Float32Array.from(levels, (level) => level / 255);
    explorer.show(input.canvas, x);
    if (levels.every((level) => level === 0)) {
      code = null;
      elbo = NaN;
      nearest = [];
      return;
    }
    code = encode(x);
    const decoded = explorer.decode(code.mu);
    elbo = encoder.elbo(model, x, decoded, code);
    nearest = findNearest();
    explorer.show(recon.canvas, decoded);
    sampled.forEach(({ canvas }, i) =>
      explorer.show(canvas, explorer.decode(code.mu.map((m, d) => m + Math.exp(code.logvar[d] / 2) * noise[i][d]))),
    );
    neighbours.forEach(({ canvas, text }, i) => {
      const name = explorer.className(nearest[i]);
      explorer.paintTest(canvas, nearest[i]);
      canvas.title = "Test image " + (explorer.number(nearest[i]) + 1);
      canvas.setAttribute("aria-label", canvas.title);
      text.textContent = name ? page.data.explorer.className + " " + name : "";
    });
  }

  /** Whether it looks like what the model was trained on. */
  function familiar() {
    const lower = encoder.rank(model, elbo);
    const what = model.samples ? "ELBO" : "−reconstruction loss";
    const figures = `${what} of ${signed(elbo, 1)} nats at z = mu; the test images' median is ${signed(model.quantiles[50], 1)}`;
    if (lower < NEVER) {
      return `This looks like nothing in the training data: ${figures}, and hardly one of them has a lower one than this.`;
    }
    const share = lower > 99 ? "nearly all" : lower + " % of";
    if (lower < SELDOM) {
      return `This looks unlike most of the training data: ${figures}, and only ${share} them lie below this.`;
    }
    return `This looks like the training data: ${figures}, and ${share} them lie below this.`;
  }

  function neighboursInWords() {
    const names = nearest.map(explorer.className);
    if (!names[0]) {
      return "";
    }
    const votes = (name) => names.filter((other) => other === name).length;
    const best = names.reduce((a, b) => (votes(b) > votes(a) ? b : a));
    return ` Of its ${names.length} nearest test images, ${votes(best)} are of ${page.data.explorer.className} ${best}.`;
  }

  function say() {
    $("draw-says").textContent = code ? familiar() + neighboursInWords() : "Nothing is drawn yet.";
  }

  let waiting = false;

  /** Shows the present strokes with the next frame. */
  function update() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(updateNow);
    }
  }

  function updateNow() {
    waiting = false;
    encodeLevels();
    $("results").classList.toggle("empty", !code);
    drawPad();
    drawInset();
    redrawMap();
    if (!pen.drawing()) {
      say(); // not within a stroke: screen readers would never end
    }
  }

  function set(pixels) {
    under = pixels && Uint8Array.from(pixels);
    strokes = [];
    updateNow();
  }

  function undo() {
    if (strokes.length) {
      strokes.pop();
    } else {
      under = null;
    }
    update();
  }

  const pen = pens.listen($("pad"), { rows, cols, unit, update, undo, strokes: () => strokes, clear: () => set(null) });
  $("pad-clear").addEventListener("click", () => set(null));
  $("pad-undo").addEventListener("click", undo);
  $("pad-test").addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    canvas.width = cols;
    canvas.height = rows;
    explorer.paintTest(canvas, Math.floor(Math.random() * near.count));
    const rgba = canvas.getContext("2d").getImageData(0, 0, cols, rows).data;
    set(Uint8Array.from({ length: rows * cols }, (_, i) => rgba[4 * i]));
  });

  $("pad").style.aspectRatio = cols + " / " + rows;
  $("draw-title").textContent = model.digits ? "Draw a digit" : "Draw into the model";
  $("draw-intro").textContent = model.centre
    ? "What you draw is scaled to a box of " + model.box + " pixels and centred by its mass, as the test images are."
    : "What you draw stays where it is, as this data set's pictures are not centred by their mass.";
  $("inset-text").textContent =
    (model.samples ? "q(z|x): its mean, and 1 and 2 standard deviations" : "mu") +
    (latent > 2 ? ", projected on the map's axes" : "") +
    "; it stands on the large map as well.";
  $("draw-error").textContent =
    `The encoder's weights are kept in 8 bits here, with a scale and a zero for each row: mu differs from the program's by up to ` +
    `${model.error.toPrecision(2)}, by ${model.meanError.toPrecision(2)} on average, measured over ${model.errorCount.toLocaleString("en")} test images. ` +
    `The ELBO is that of z = mu instead of a sample, here and for the ${model.quantileCount.toLocaleString("en")} test images that it is compared with.`;
  new ResizeObserver(() => {
    drawPad();
    drawBackground();
  }).observe($("inset"));
  page.onColors(() => {
    drawPad();
    drawBackground();
  });
  explorer.whenLoaded(update);
  updateNow();

  window.draw = {
    set,
    undo,
    pixels: () => Array.from(levels),
    code: () => code && { mu: Array.from(code.mu), logvar: Array.from(code.logvar) },
    elbo: () => elbo,
    nearest: () => nearest.map(explorer.number),
    outline: (deviations) => outline(projected(), deviations),
  };
})();
