"use strict";

/* Mouse, pen, finger and keyboard on a pad: each adds to the strokes that the pad keeps. */
const pens = (() => {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const LARGE_STEP = 4;

  /** @param pad {rows, cols, unit, update, undo, clear, strokes}: strokes are lists of [x, y] in pixels */
  function listen(canvas, pad) {
    let current = null; // the stroke that a pointer draws
    let pointer = -1;
    let down = false; // whether the keyboard's pen is
    let shown = false;
    const at = [pad.cols / 2, pad.rows / 2];

    function add(event) {
      const frame = canvas.getBoundingClientRect();
      current.push([(event.clientX - frame.left) / pad.unit(), (event.clientY - frame.top) / pad.unit()]);
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button !== 0) {
        return;
      }
      down = shown = false;
      pointer = event.pointerId;
      canvas.setPointerCapture(pointer);
      current = [];
      pad.strokes().push(current);
      add(event);
      pad.update();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (current && event.pointerId === pointer) {
        const events = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
        (events.length ? events : [event]).forEach(add);
        pad.update();
      }
    });
    const lift = (event) => {
      if (event.pointerId === pointer) {
        current = null;
        pointer = -1;
        pad.update();
      }
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);

    function move([dx, dy], step) {
      at[0] = Math.min(pad.cols - 0.5, Math.max(0.5, at[0] + step * dx));
      at[1] = Math.min(pad.rows - 0.5, Math.max(0.5, at[1] + step * dy));
      const strokes = pad.strokes();
      if (down && strokes.length) {
        strokes[strokes.length - 1].push([...at]);
      }
    }

    function press(event) {
      if (arrows[event.key]) {
        move(arrows[event.key], event.shiftKey ? LARGE_STEP : 1);
      } else if (event.key === " ") {
        down = !down;
        if (down) {
          pad.strokes().push([[...at]]);
        }
      } else if (event.key === "Backspace") {
        down = false;
        pad.undo();
      } else if (event.key === "Escape") {
        down = false;
        pad.clear();
      } else {
        return false;
      }
      return true;
    }

    canvas.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.altKey && !event.metaKey && press(event)) {
        event.preventDefault();
        shown = true;
        pad.update();
      }
    });
    canvas.addEventListener("blur", () => {
      down = shown = false;
      pad.update();
    });

    return {
      drawing: () => current !== null,

      /** Shows where the keyboard's pen is: filled while it is down. */
      paint(g) {
        if (!shown) {
          return;
        }
        g.strokeStyle = g.fillStyle = page.color("second");
        g.lineWidth = pad.cols / 100;
        g.beginPath();
        g.arc(at[0], at[1], pad.cols / 28, 0, 2 * Math.PI);
        if (down) {
          g.fill();
        }
        g.stroke();
      },
    };
  }

  return { listen };
})();
