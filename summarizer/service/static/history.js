/* The briefs of this browser, kept in it alone: at most fifty, the newest first. */
(function () {
  "use strict";
  const { asked, both, briefOf } = window.mujaz;
  const { known } = window.mujaz.tools;
  const KEY = "mujaz-history", MOST = 50;
  const panel = () => document.getElementById("mj-history");
  const names = new WeakMap();
  let reopened = null, trouble = null;

  const usable = (entry) => Boolean(entry && typeof entry.id === "string" && entry.asked && entry.brief
    && typeof entry.asked.text === "string" && entry.brief.headline && typeof entry.brief.headline.text === "string"
    && entry.brief.standfirst && Array.isArray(entry.brief.bullets));

  /* What cannot be read is left where it is until the next brief is kept. */
  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "[]");
      if (!Array.isArray(found)) throw new Error("no list");
      const kept = found.filter(usable);
      trouble = kept.length < found.length ? "history_broken" : null;
      return kept.slice(0, MOST);
    } catch {
      trouble = "history_broken";
      return [];
    }
  }

  /* The oldest go until the rest fits; a brief that fits in no way is said not to be kept. */
  function write(entries) {
    for (let kept = entries.slice(0, MOST); kept.length; kept = kept.slice(0, Math.floor(kept.length * 0.8))) {
      try {
        localStorage.setItem(KEY, JSON.stringify(kept));
        trouble = kept.length < Math.min(entries.length, MOST) ? "history_shortened" : null;
        return;
      } catch { /* full, or a private window */ }
    }
    trouble = "history_full";
  }

  function keep(section) {
    const article = document.querySelector(".mj-article[data-asked]");
    if (!article || !section.dataset.equipped) return;
    if (!names.has(section)) names.set(section, reopened || `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`);
    reopened = null;
    const id = names.get(section);
    write([{ id, at: new Date().toISOString(), asked: asked(), brief: briefOf(section) },
      ...read().filter((entry) => entry.id !== id)]);
    show();
  }

  function row(entry) {
    const item = document.createElement("li"), button = document.createElement("button");
    const when = document.createElement("time"), at = new Date(entry.at);
    button.type = "button";
    button.dataset.entry = entry.id;
    button.textContent = entry.brief.headline.text.slice(0, 300);
    button.lang = "ar";
    button.dir = "rtl";
    when.textContent = Number.isNaN(at.valueOf()) ? "" : at.toLocaleString("ar", {
      numberingSystem: "latn", calendar: "gregory", dateStyle: "medium", timeStyle: "short" });
    item.append(button, when);
    return item;
  }

  function show() {
    if (!panel()) return;
    const said = trouble, entries = read(), list = panel().querySelector("ul");
    panel().hidden = !entries.length && !(said || trouble);
    list.replaceChildren(...entries.map(row));
    const told = panel().querySelector("output");
    told.replaceChildren(...(said || trouble ? [both(known(said || trouble))] : []));
    trouble = null;
  }

  function clear() {
    try { localStorage.removeItem(KEY); } catch { /* private window */ }
    trouble = null;
    show();
  }

  /* What a reader opens goes to the service once, which draws it as it drew it first. */
  function reopen(id) {
    const entry = read().find((one) => one.id === id);
    if (!entry) return show();
    reopened = id;
    window.mujaz.reopening = JSON.stringify({ asked: entry.asked, brief: entry.brief });
    document.querySelector("#mj-reopen").click();
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const entry = event.target.closest("[data-entry]");
    if (entry) reopen(entry.dataset.entry);
    if (event.target.closest("[data-forget]")) clear();
    if (event.target.closest("#mj-write, .mj-example")) reopened = null;
  });
  for (const name of ["mujaz-written", "mujaz-drawn"]) {
    document.addEventListener(name, (event) => keep(event.target));
  }
  window.addEventListener("storage", (event) => { if (event.key === KEY) show(); });
  new MutationObserver(() => {
    if (!panel() || panel().dataset.shown) return;
    panel().dataset.shown = "yes";
    show();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
