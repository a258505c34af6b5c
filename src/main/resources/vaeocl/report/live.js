"use strict";

/* Follows a training: asks the server how far it is, and draws the curves as they grow. */
(() => {
  const EVERY_MS = 1000;
  const PATIENCE = 3;

  const bar = document.getElementById("live-bar");
  const text = document.getElementById("live-text");
  let epochsDrawn = page.data.metrics.length;
  let failures = 0;
  const started = performance.now();
  let first = null;

  /** Seconds as people say them. */
  function duration(seconds) {
    const s = Math.round(seconds);
    return s < 60 ? s + " s" : Math.floor(s / 60) + " min " + (s % 60) + " s";
  }

  function show(state) {
    const perEpoch = Math.max(1, state.steps);
    const done = state.epoch === 0 ? 0 : (state.epoch - 1) * perEpoch + state.step;
    const all = state.epochs * perEpoch;
    bar.max = all;
    bar.value = done;
    if (first === null && state.epoch > 0) {
      first = { done, at: performance.now() };
    }
    const rate = first && done > first.done ? (done - first.done) / ((performance.now() - first.at) / 1000) : 0;
    text.textContent =
      state.epoch === 0
        ? "Getting ready"
        : `Epoch ${state.epoch} of ${state.epochs}, step ${state.step} of ${state.steps}` +
          (rate > 0 ? `, ${rate.toFixed(0)} steps a second, ${duration((all - done) / rate)} left` : "");
  }

  /** Takes the headline and the table from the page as the server would give it now. */
  async function renew() {
    const answer = await fetch("./", { cache: "no-store" });
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("header").replaceWith(now.querySelector("header"));
    const table = now.querySelector("table.metrics")?.closest("section");
    const old = document.querySelector("table.metrics")?.closest("section");
    if (table && old) {
      old.replaceWith(table);
    } else if (table) {
      document.querySelector(".charts").closest("section").after(table);
    }
  }

  async function ask() {
    try {
      const answer = await fetch("progress.json", { cache: "no-store" });
      const state = await answer.json();
      failures = 0;
      if (state.finished) {
        location.reload();
        return;
      }
      show(state);
      if (state.metrics.length !== epochsDrawn) {
        epochsDrawn = state.metrics.length;
        charts.setMetrics(state.metrics);
        await renew();
      }
    } catch (e) {
      failures += 1;
      if (failures >= PATIENCE) {
        const minutes = duration((performance.now() - started) / 1000);
        text.textContent = "The training has stopped; this page followed it for " + minutes + ".";
        return;
      }
    }
    setTimeout(ask, EVERY_MS);
  }

  ask();
})();
