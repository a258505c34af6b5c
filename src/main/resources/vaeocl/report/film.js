"use strict";

/*
 * The film: the map after the epochs that the run kept. It plays only when asked to, and moves
 * smoothly only where people have not asked for less motion. The state can be read at #film:
 * data-frame, data-epoch and data-playing.
 */
(() => {
  const data = page.data.film;
  const root = document.getElementById("film");
  if (!data || !root) {
    return;
  }
  const ALL = 6000; // milliseconds from the first epoch to the last
  const SLOWEST = 600; // milliseconds a frame
  const APART = 16; // CSS pixels between the names of classes

  const $ = (id) => document.getElementById(id);
  const { count, epochs } = data;
  const last = epochs.length - 1;
  const [left, right, bottom, top] = data.bounds;
  const xy = new Uint16Array(decoder.bytes(data.xy).buffer);
  const classes = data.of ? decoder.bytes(data.of) : new Uint8Array(count);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const sprite = new Image();
  let at = last; // a frame; between two frames while it moves
  let playing = 0; // number of the animation frame asked for; 0 while it stands
  let since = 0;

  const side = () => $("film-map").clientWidth || 1;

  /** Where a point is, between frames on the way from the one to the other. */
  function place(i, frame) {
    const [from, share] = [Math.floor(frame), frame % 1];
    const value = (f, axis) => xy[2 * (f * count + i) + axis] / 65535;
    const along = (axis) =>
      share ? (1 - share) * value(from, axis) + share * value(from + 1, axis) : value(from, axis);
    return [along(0) * side(), (1 - along(1)) * side()];
  }

  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

  /** Each class' name in the middle of its points, where no other's is; none where most are. */
  function drawNames(g, points) {
    const free = [];
    g.font = "bold 17px system-ui, sans-serif";
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.lineWidth = 4;
    g.lineJoin = "round";
    g.strokeStyle = page.color("card");
    g.fillStyle = page.color("ink");
    data.classes.forEach(({ name }, c) => {
      const own = points.filter((_, i) => classes[i] === c);
      const [x, y] = [median(own.map((p) => p[0])), median(own.map((p) => p[1]))];
      if (own.length && free.every((other) => Math.hypot(other.x - x, other.y - y) > APART)) {
        free.push({ name, x, y });
      }
    });
    if (2 * free.length > data.classes.length) {
      free.forEach(({ name, x, y }) => g.strokeText(name, x, y));
      free.forEach(({ name, x, y }) => g.fillText(name, x, y));
    }
  }

  function drawMap(frame) {
    const size = side();
    const g = page.prepared($("film-map"), size);
    g.strokeStyle = page.color("line");
    g.fillStyle = page.color("quiet");
    g.font = "12px system-ui, sans-serif";
    const [x, y] = [(-left / (right - left)) * size, (top / (top - bottom)) * size];
    g.beginPath();
    g.moveTo(x, 0);
    g.lineTo(x, size);
    if (data.plane) {
      g.moveTo(0, y);
      g.lineTo(size, y);
    }
    g.stroke();
    g.textAlign = "right";
    g.fillText(data.xTitle, size - 6, size - 6);
    g.textAlign = "left";
    g.fillText(data.yTitle, 6, 15);
    const colors = data.classes.map((c) => page.shade(c.color));
    const points = Array.from({ length: count }, (_, i) => place(i, frame));
    g.globalAlpha = Number(page.color("dots"));
    points.forEach(([px, py], i) => {
      g.fillStyle = colors[classes[i]];
      g.beginPath();
      g.arc(px, py, 2.4, 0, 2 * Math.PI);
      g.fill();
    });
    g.globalAlpha = 1;
    drawNames(g, points);
  }

  function drawPicture(frame) {
    const g = $("film-picture").getContext("2d");
    const [column, row] = [frame % data.columns, Math.floor(frame / data.columns)];
    if (sprite.complete) {
      const from = [column * data.across, row * data.down, data.cols, data.rows];
      g.drawImage(sprite, ...from, 0, 0, data.cols, data.rows);
    }
  }

  const label = (frame) =>
    epochs[frame] === 0 ? "before training" : "epoch " + epochs[frame] + " of " + epochs[last];

  /** Brings everything in line with the frame; on paper the last one is shown. */
  function update() {
    const shown = page.printing() ? last : at;
    const frame = Math.round(shown);
    drawMap(shown);
    drawPicture(frame);
    $("film-epoch").textContent = label(frame);
    $("film-slider").value = frame;
    $("film-slider").setAttribute("aria-valuetext", label(frame));
    $("film-play").textContent = playing ? "Pause" : "Play";
    root.dataset.frame = frame;
    root.dataset.epoch = epochs[frame];
    root.dataset.playing = Boolean(playing);
  }

  /** As long as the training went on until the next frame. */
  function duration(frame) {
    const mean = Math.min(SLOWEST, ALL / last);
    return (mean * (epochs[frame + 1] - epochs[frame]) * last) / Math.max(1, epochs[last] - epochs[0]);
  }

  function step(now) {
    let frame = Math.floor(at);
    while (frame < last && now - since >= duration(frame)) {
      since += duration(frame);
      frame++;
    }
    at = frame === last || still.matches ? frame : frame + Math.max(0, now - since) / duration(frame);
    playing = frame < last ? requestAnimationFrame(step) : 0;
    update();
  }

  function pause() {
    cancelAnimationFrame(playing);
    playing = 0;
    at = Math.round(at);
  }

  function play() {
    at = at >= last ? 0 : Math.round(at);
    since = performance.now();
    playing = requestAnimationFrame(step);
  }

  $("film-play").addEventListener("click", () => {
    (playing ? pause : play)();
    update();
  });
  $("film-slider").addEventListener("input", () => {
    pause();
    at = Number($("film-slider").value);
    update();
  });
  $("film-picture").width = data.cols;
  $("film-picture").height = data.rows;
  if (last === 0) {
    $("film-play").parentElement.hidden = true;
  }
  sprite.onload = update;
  sprite.src = data.pictures;
  new ResizeObserver(update).observe($("film-map"));
  page.onColors(update);
  update();
})();
