"use strict";

/*
 * Strokes become a picture as MNIST's digits did: scaled to a box, keeping their proportions, drawn
 * smoothly, and moved so that the centre of their mass lies where the test images have it. Places
 * are measured in pixels of the picture, from the top left corner.
 */
const ink = (() => {
  const FINE = 8; // parts of a pixel, across and down
  const PEN = 0.13; // width of a line, as a share of the box
  const LARGEST = 6; // a dot is not blown up to the box

  /** @param shape {rows, cols, box, centre}; without a centre, strokes stay where they are */
  function build({ rows, cols, box = (20 / 28) * Math.min(rows, cols), centre }) {
    const canvas = document.createElement("canvas");
    canvas.width = cols * FINE;
    canvas.height = rows * FINE;
    const g = canvas.getContext("2d", { willReadFrequently: true });
    const width = PEN * box;

    function trace(target, strokes, scale, [dx, dy], lineWidth) {
      target.lineWidth = lineWidth;
      target.lineCap = target.lineJoin = "round";
      strokes.forEach((stroke) => {
        target.beginPath();
        stroke.forEach(([x, y]) => target.lineTo(scale * x + dx, scale * y + dy));
        // Canvases draw no line without a length: a dot has hardly any.
        const [x, y] = stroke[stroke.length - 1];
        target.lineTo(scale * x + dx + 1e-3 * lineWidth, scale * y + dy);
        target.stroke();
      });
    }

    /** Opacity of every fine pixel, 0 to 255. */
    function fine(strokes, scale, [dx, dy]) {
      g.fillStyle = "#000";
      g.fillRect(0, 0, canvas.width, canvas.height);
      g.strokeStyle = "#fff";
      trace(g, strokes, FINE * scale, [FINE * dx, FINE * dy], FINE * width);
      const rgba = g.getImageData(0, 0, canvas.width, canvas.height).data;
      return Uint8Array.from({ length: canvas.width * canvas.height }, (_, i) => rgba[4 * i]);
    }

    /** Where the mass is. */
    function mass(values, across) {
      const sums = [0, 0, 0];
      values.forEach((value, i) => {
        sums[0] += value * ((i % across) + 0.5);
        sums[1] += value * (Math.floor(i / across) + 0.5);
        sums[2] += value;
      });
      return sums[2] ? [sums[0] / sums[2] / FINE, sums[1] / sums[2] / FINE] : [cols / 2, rows / 2];
    }

    /** Scale and shift that bring strokes into the box, about the centre of their mass. */
    function fit(strokes) {
      const low = [0, 1].map((axis) => strokes.flat().reduce((least, p) => Math.min(least, p[axis]), Infinity));
      const high = [0, 1].map((axis) => strokes.flat().reduce((most, p) => Math.max(most, p[axis]), -Infinity));
      const scale = Math.min(LARGEST, (box - width) / Math.max(high[0] - low[0], high[1] - low[1], 1e-6));
      const middle = [cols, rows].map((size, axis) => (size - scale * (low[axis] + high[axis])) / 2);
      const found = mass(fine(strokes, scale, middle), canvas.width);
      const shift = [cols, rows].map((size, axis) => {
        // No ink beyond the frame, wherever the mass is.
        const most = Math.max(0, (size - scale * (high[axis] - low[axis]) - width) / 2);
        return middle[axis] + Math.min(most, Math.max(-most, centre[axis] - found[axis]));
      });
      return [scale, shift];
    }

    /** Grey levels of the strokes' picture; over others, they stay where they are. */
    function picture(strokes, under) {
      const levels = under ? Uint8Array.from(under) : new Uint8Array(rows * cols);
      if (strokes.length === 0) {
        return levels;
      }
      const [scale, shift] = centre && !under ? fit(strokes) : [1, [0, 0]];
      const values = fine(strokes, scale, shift);
      for (let i = 0; i < levels.length; i++) {
        const corner = Math.floor(i / cols) * FINE * canvas.width + (i % cols) * FINE;
        let sum = 0;
        for (let part = 0; part < FINE * FINE; part++) {
          sum += values[corner + Math.floor(part / FINE) * canvas.width + (part % FINE)];
        }
        levels[i] = Math.max(levels[i], Math.round(sum / (FINE * FINE)));
      }
      return levels;
    }

    return { picture, trace, width };
  }

  return { build };
})();
