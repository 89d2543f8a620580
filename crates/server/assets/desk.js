// Keys for people who work here all day. Every page works without this file.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const places = { h: "/", p: "/patients", f: "/find", d: "/duplicates", m: "/messages", u: "/upload", q: "/unfiled", a: "/audit", i: "/inbox", t: "/dictations" };
  let prefix = "";
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));
  const rows = () => [...document.querySelectorAll("[data-row]")];

  // Row under the cursor: said by aria-selected on a row of a table, by aria-current on a line of a list, and by focus.
  const isHere = (row) => row.getAttribute("aria-selected") === "true" || row.getAttribute("aria-current") === "true";
  const leave = (row) => { row.removeAttribute("aria-selected"); row.removeAttribute("aria-current"); };
  const enter = (row) => row.setAttribute(row.matches("tr") ? "aria-selected" : "aria-current", "true");
  function step(by) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex(isHere);
    const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
    all.forEach(leave);
    enter(next);
    const link = next.matches("[tabindex]") ? next : next.querySelector("a, button");
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function goTo(key) {
    const link = [...document.querySelectorAll("nav a[href]")].find((one) => one.getAttribute("href") === places[key]);
    if (link) link.click();
  }

  const sheet = () => document.getElementById("keys");
  const actions = {
    "?": () => sheet() && sheet().showModal(),
    "/": () => { const box = document.querySelector("[data-search]"); if (box) box.focus(); else goTo("p"); },
    j: () => step(1),
    k: () => step(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      document.querySelectorAll("details[open].menu").forEach((menu) => menu.removeAttribute("open"));
      if (typing(event.target)) event.target.blur();
      return;
    }
    if (typing(event.target)) return;
    if (prefix === "g") { prefix = ""; if (places[event.key]) { event.preventDefault(); goTo(event.key); } return; }
    if (event.key === "g") { prefix = "g"; setTimeout(() => { prefix = ""; }, 1200); return; }
    // A key of the row under the cursor, else of the page: the coder's desk has them.
    const keyed = `[data-key="${CSS.escape(event.key)}"]`;
    const row = rows().find(isHere);
    const target = (row && row.querySelector(keyed)) || [...document.querySelectorAll(keyed)].find((one) => !one.closest("[data-row]"));
    if (target) { event.preventDefault(); if (target.matches("input")) target.focus(); else target.click(); return; }
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // When a part of the page was put in anew, the row under the cursor is the one at its place before.
  let place = -1;
  document.addEventListener("htmx:beforeSwap", () => { place = rows().findIndex(isHere); });
  document.addEventListener("htmx:afterSettle", () => {
    const passage = document.querySelector("#paper mark");
    if (passage) passage.scrollIntoView({ block: "nearest" });
    if (place < 0 || !rows().length) return;
    const row = rows()[Math.min(place, rows().length - 1)];
    enter(row);
    if (!typing(document.activeElement)) row.focus({ preventScroll: true });
  });

  // The typist's player. Foot pedals send F4 to F8; they work while one types.
  const player = document.querySelector("[data-player] audio");
  if (player) {
    const speed = document.querySelector("[data-speed]");
    const faster = (by) => { player.playbackRate = Math.min(2, Math.max(0.5, player.playbackRate + by)); speed.value = player.playbackRate.toFixed(1); };
    const back = (by) => { player.currentTime = Math.max(0, player.currentTime + by); };
    // What was just said is heard again after a stop: a typist always goes back a little.
    const pedals = { F4: () => { if (player.paused) { back(-1); player.play(); } else player.pause(); }, F5: () => back(-3), F6: () => back(3), F7: () => faster(-0.1), F8: () => faster(0.1) };
    document.addEventListener("keydown", (event) => {
      const pedal = pedals[event.key];
      if (pedal && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); pedal(); }
    });
  }
  // How long a recording is, the browser knows.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-sound]") || !event.target.files.length) return;
    const sound = new Audio(URL.createObjectURL(event.target.files[0]));
    const seconds = event.target.form.elements.seconds;
    sound.addEventListener("loadedmetadata", () => { if (Number.isFinite(sound.duration)) seconds.value = Math.round(sound.duration); });
  });

  // What has to be sent at once when it changes: the hat, a filter.
  document.addEventListener("change", (event) => { if (event.target.matches("[data-send]")) event.target.form.requestSubmit(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) { event.preventDefault(); actions["?"](); }
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details[open].menu").forEach((menu) => { if (!menu.contains(event.target)) menu.removeAttribute("open"); });
  });
})();
