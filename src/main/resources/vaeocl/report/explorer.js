"use strict";

/*
 * The map of the latent space, and what the decoder makes of the point under the pointer. The
 * state can be read at #explorer: data-z, data-near (a test image's number) and data-held.
 */
(() => {
  const data = page.data.explorer;
  const root = document.getElementById("explorer");
  if (!data || !root) {
    return;
  }
  const STEP = 0.05;
  const LARGE_STEP = 0.5;
  const NEAR = 14; // CSS pixels
  const DOT = 1.6; // radius, CSS pixels

  const $ = (id) => document.getElementById(id);
  const { latent, rows, cols, map, points, near } = data;
  const decode = data.model && decoder.build(data.model);
  const z = new Float32Array(latent);
  const sliders = new Map();
  let alone = null; // the class that is shown alone
  let held = false;
  let nearest = -1; // among those with a picture
  const overlays = []; // functions that paint on the map, above its points
  let spread = 0; // the height on the map of a single latent, which means nothing

  /* The map: x and y are measured along its axes. */

  const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

  function position() {
    const offset = Array.from(z, (value, d) => value - map.origin[d]);
    return [dot(offset, map.axes[0]), map.axes.length > 1 ? dot(offset, map.axes[1]) : spread];
  }

  /** Moves z within the plane of the map. */
  function moveTo(x, y) {
    const from = position();
    map.axes.forEach((axis, a) => {
      const step = (a === 0 ? x : y) - from[a];
      axis.forEach((part, d) => (z[d] += step * part));
    });
    spread = y;
    update();
  }

  const side = () => $("map").clientWidth || 1;
  const [left, right, bottom, top] = map ? map.bounds : [0, 1, 0, 1];
  const toScreen = (x, y) => [((x - left) / (right - left)) * side(), ((top - y) / (top - bottom)) * side()];
  const fromScreen = (sx, sy) => [left + (sx / side()) * (right - left), top - (sy / side()) * (top - bottom)];

  function unpackPoints() {
    const steps = new Uint16Array(decoder.bytes(points.xy).buffer);
    const xs = Float32Array.from({ length: points.count }, (_, i) => left + (steps[2 * i] / 65535) * (right - left));
    const ys = Float32Array.from({ length: points.count }, (_, i) => bottom + (steps[2 * i + 1] / 65535) * (top - bottom));
    return { xs, ys, classes: points.classes ? decoder.bytes(points.classes) : new Uint8Array(points.count) };
  }

  const cloud = points && unpackPoints();
  const means = near && decoder.floats(near.mu);
  const sprite = near && new Image();
  if (sprite) {
    sprite.onload = () => update();
    sprite.src = near.images;
  }

  /** The number among the test images of a picture on the page: they are taken at equal distances. */
  const number = (n) => Math.floor((n * points.count) / near.count);

  function findNearest(x, y) {
    const [px, py] = toScreen(x, y);
    let best = -1;
    let distance = NEAR;
    for (let n = 0; near && n < near.count; n++) {
      const i = number(n);
      const [sx, sy] = toScreen(cloud.xs[i], cloud.ys[i]);
      const d = Math.hypot(sx - px, sy - py);
      if (d < distance && (alone === null || cloud.classes[i] === alone)) {
        best = n;
        distance = d;
      }
    }
    return best;
  }

  /* Drawing. */

  const shade = page.shade;
  const prepared = (canvas, size = side()) => page.prepared(canvas, size);

  function disc(g, x, y, radius, color) {
    g.fillStyle = color;
    g.beginPath();
    g.arc(x, y, radius, 0, 2 * Math.PI);
    g.fill();
  }

  function drawGrid(g) {
    const rough = Math.max(1, (right - left) / 12);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
    g.font = "12px system-ui, sans-serif";
    g.strokeStyle = page.color("line");
    g.fillStyle = page.color("quiet");
    for (let v = Math.ceil(left / step) * step; v < right; v += step) {
      const [x] = toScreen(v, 0);
      line(g, x, 0, x, side());
      if (x + 3 + g.measureText(String(v)).width < side()) {
        g.fillText(String(v), x + 3, side() - 5);
      }
    }
    for (let v = Math.ceil(bottom / step) * step; v < top; v += step) {
      const [, y] = toScreen(0, v);
      line(g, 0, y, side(), y);
      if (y > 28 && y < side() - 20) {
        g.fillText(String(v), 4, y - 3);
      }
    }
    g.textAlign = "right";
    g.fillText(map.xTitle, side() - 6, side() - 20);
    g.textAlign = "left";
    g.fillText(map.yTitle, 6, 15);
  }

  function line(g, x0, y0, x1, y1) {
    g.beginPath();
    g.moveTo(x0, y0);
    g.lineTo(x1, y1);
    g.stroke();
  }

  function drawMap() {
    if (!map) {
      return;
    }
    const g = prepared($("points"));
    drawGrid(g);
    paintCloud(g, toScreen);
    if (page.printing()) {
      paintCursor(g); // on paper, a second canvas would hide this one
    }
    drawCursor();
  }

  /** The points and the classes' names, at the places that a function of x and y gives. */
  function paintCloud(g, place, radius = DOT, font = 17) {
    const colors = data.classes.map((c) => shade(c.color));
    const opacity = Number(page.color("dots"));
    for (let i = 0; cloud && i < points.count; i++) {
      const c = cloud.classes[i];
      g.globalAlpha = alone === null ? opacity : c === alone ? 0.9 : 0.06;
      disc(g, ...place(cloud.xs[i], cloud.ys[i]), radius, colors[c]);
    }
    g.globalAlpha = 1;
    g.font = "bold " + font + "px system-ui, sans-serif";
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.lineWidth = 4;
    g.lineJoin = "round";
    g.strokeStyle = page.color("card");
    g.fillStyle = page.color("ink");
    data.classes.forEach((c, index) => {
      if (c.at && (alone === null || alone === index)) {
        g.strokeText(c.name, ...place(...c.at));
        g.fillText(c.name, ...place(...c.at));
      }
    });
  }

  const drawCursor = () => paintCursor(prepared($("cursor")));

  function paintCursor(g) {
    const [x, y] = toScreen(...position());
    if (!page.printing()) {
      overlays.forEach((paint) => paint(g, toScreen));
    }
    if (nearest >= 0) {
      const i = number(nearest);
      g.strokeStyle = page.color("ink");
      g.lineWidth = 2;
      disc(g, ...toScreen(cloud.xs[i], cloud.ys[i]), 5, shade(data.classes[cloud.classes[i]].color));
      g.stroke();
    }
    g.strokeStyle = page.color("ink");
    g.globalAlpha = 0.35;
    g.lineWidth = 1;
    line(g, x, 0, x, side());
    line(g, 0, y, side(), y);
    g.globalAlpha = 1;
    g.lineWidth = held ? 3 : 1.5;
    g.beginPath();
    g.arc(x, y, 9, 0, 2 * Math.PI);
    g.stroke();
  }

  /** Shows values in [0, 1] as grey pixels, exactly. */
  function show(canvas, values) {
    const image = new ImageData(cols, rows);
    values.forEach((value, i) => image.data.set([0, 0, 0, 255].fill(Math.round(255 * value), 0, 3), 4 * i));
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** Shows a test image, of those with a picture. */
  function paintTest(canvas, n) {
    const [column, row] = [n % near.columns, Math.floor(n / near.columns)];
    const g = canvas.getContext("2d");
    g.clearRect(0, 0, cols, rows);
    if (sprite.complete) {
      g.drawImage(sprite, column * cols, row * rows, cols, rows, 0, 0, cols, rows);
    }
  }

  function showNear() {
    $("near").classList.toggle("empty", nearest < 0);
    if (nearest < 0) {
      return;
    }
    const i = number(nearest);
    const kind = points.classes ? ", " + data.className + " " + data.classes[cloud.classes[i]].name : "";
    $("near-text").textContent = "Test image " + (i + 1) + kind;
    paintTest($("near-image"), nearest);
    if (decode) {
      show($("near-decoded"), decode(means.subarray(nearest * latent, (nearest + 1) * latent)));
    }
  }

  /** With a true minus sign, and none before zero. */
  const fixed = (value) => value.toFixed(2).replace(/^-(?=.*[1-9])/, "−").replace("-", "");

  function zText() {
    if (latent <= 4) {
      return "z = (" + Array.from(z, fixed).join(", ") + ")";
    }
    return "z at distance " + fixed(Math.sqrt(dot(z, z))) + " from the origin";
  }

  /** Brings everything in line with z. */
  function update() {
    if (decode) {
      show($("decoded"), decode(z));
    }
    $("z").textContent = zText();
    sliders.forEach(({ input, output }, d) => {
      if (Number(input.value) !== z[d]) {
        input.value = z[d];
      }
      output.textContent = fixed(z[d]);
    });
    if (map) {
      nearest = findNearest(...position());
      drawCursor();
    }
    showNear();
    root.dataset.z = Array.from(z).join(",");
    root.dataset.near = nearest < 0 ? "" : number(nearest);
    root.dataset.held = held;
  }

  /* Controls. */

  function listenToMap() {
    const canvas = $("cursor");
    const follow = (event) => moveTo(...fromScreen(event.offsetX, event.offsetY));
    canvas.addEventListener("pointermove", (event) => {
      if (!held || event.pointerType !== "mouse") {
        follow(event);
      }
    });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse") {
        held = !held;
      }
      follow(event);
    });
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    canvas.addEventListener("keydown", (event) => {
      const arrow = arrows[event.key];
      if (event.key === "Escape") {
        held = false;
        update();
      } else if (arrow && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        const step = event.shiftKey ? LARGE_STEP : STEP;
        const [x, y] = position();
        moveTo(x + step * arrow[0], y + step * arrow[1]);
      }
    });
    new ResizeObserver(drawMap).observe(canvas);
    page.onColors(drawMap);
  }

  function makeLegend() {
    if (data.classes.length < 2) {
      return;
    }
    data.classes.forEach((c, index) => {
      const button = document.createElement("button");
      const swatch = document.createElement("span");
      const paint = () => (swatch.style.background = shade(c.color));
      button.type = "button";
      button.append(swatch, c.name);
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => {
        alone = alone === index ? null : index;
        [...$("legend").children].forEach((b, i) => b.setAttribute("aria-pressed", String(i === alone)));
        drawMap();
        update();
      });
      $("legend").append(button);
      page.onColors(paint);
      paint();
    });
  }

  function makeSliders() {
    data.sliders.forEach((d) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      const output = document.createElement("output");
      input.type = "range";
      input.min = -3;
      input.max = 3;
      input.step = "any";
      input.value = 0;
      input.addEventListener("input", () => {
        z[d] = Number(input.value);
        update();
      });
      // A step of "any" moves by a hundredth of the range with the keys, which is well.
      label.append("z" + (d + 1), input, output);
      if (data.kl) {
        label.title = "KL " + data.kl[d].toFixed(3) + " nats";
        label.classList.toggle("idle", data.kl[d] < 0.01);
      }
      sliders.set(d, { input, output });
      $("sliders").append(label);
    });
  }

  function set(values) {
    z.set(values);
    update();
  }

  const uniform = () => 1 - Math.random(); // never 0
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

  ["decoded", "near-image", "near-decoded"].forEach((id) => {
    $(id).width = cols;
    $(id).height = rows;
  });
  if (!decode) {
    $("decoded").style.display = "none";
    $("near-decoded").parentElement.style.display = "none";
  }
  makeLegend();
  makeSliders();
  $("reset").addEventListener("click", () => set(new Float32Array(latent)));
  $("sample").addEventListener("click", () => set(Float32Array.from({ length: latent }, normal)));
  if (map) {
    listenToMap();
    drawMap();
  } else {
    $("map").parentElement.remove();
  }
  update();

  window.explorer = {
    decode,
    z: () => Array.from(z),
    /* What draw.js builds upon. */
    means,
    number,
    className: (n) => points.classes && data.classes[cloud.classes[number(n)]].name,
    side,
    toScreen,
    prepared,
    paintCloud,
    paintTest,
    show,
    normal,
    whenLoaded: (listener) => sprite.decode().then(listener),
    overlay(paint) {
      overlays.push(paint);
      return drawCursor;
    },
  };
})();
