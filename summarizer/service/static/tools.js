/* The tools beside each line and the row above them all: what can be done, how many words, what was said. */
(function () {
  "use strict";
  const { both, briefOf, linesOf, phrase, undo, words } = window.mujaz;
  const known = (name, ...parts) => phrase(words().phrases[name], ...parts);
  const count = (text) => text.split(/\s+/).filter(Boolean).length;

  function button(act, pair, spoken) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.act = act;
    if (!spoken) {
      made.append(both(pair));
      return made;
    }
    const name = document.createElement("span");
    name.className = "mj-spoken";
    name.append(both(pair));
    made.append(spoken, name);
    return made;
  }

  function toolsFor(place) {
    const made = document.createElement("div");
    made.className = "mj-act";
    const number = document.createElement("span");
    number.className = "mj-count";
    made.append(number, button("edit", known("edit")), button("wording", known("wording")));
    if (place > 1) made.append(button("up", known("up"), "↑"), button("down", known("down"), "↓"),
      button("drop", known("drop")));
    const told = document.createElement("output");
    told.setAttribute("aria-live", "polite");
    made.append(told);
    return made;
  }

  /* --- the tools stand beside every line, and one row above them all --- */
  const owners = (section) => [...section.querySelectorAll(".mj-statement")];
  const beside = new WeakMap();

  function equip(section) {
    const lines = linesOf(briefOf(section));
    owners(section).forEach((owner, place) => {
      owner.dataset.place = String(place);
      const tools = beside.get(owner) || toolsFor(place);
      if (!beside.has(owner)) owner.after(tools);
      beside.set(owner, tools);
      tools.dataset.of = String(place);
      tools.querySelector(".mj-count").replaceChildren(both(known("count", count(lines[place].text))));
      const [up, down] = ["up", "down"].map((act) => tools.querySelector(`[data-act=${act}]`));
      if (up) up.disabled = place === 2;
      if (down) down.disabled = place === lines.length - 1;
    });
    let row = section.querySelector(".mj-whole");
    if (!row) {
      row = document.createElement("div");
      row.className = "mj-whole";
      const total = document.createElement("span");
      total.className = "mj-total";
      row.append(button("undo", known("undo")), total);
      section.querySelector(".mj-heading").after(row);
    }
    row.querySelector(".mj-total").replaceChildren(
      both(known("total", lines.reduce((sum, line) => sum + count(line.text), 0))));
    row.querySelector("button").disabled = !undo.depth(section);
  }

  function tell(section, place, pair) {
    const tools = beside.get(owners(section)[place]);
    if (tools) tools.querySelector("output").replaceChildren(both(pair));
  }

  function quiet(section) {
    section.querySelectorAll(".mj-act output").forEach((one) => one.replaceChildren());
  }

  function focus(section, place, act) {
    const tools = beside.get(owners(section)[place]);
    const wanted = tools.querySelector(`[data-act=${act}]:not(:disabled)`) || tools.querySelector("[data-act=edit]");
    wanted.focus();
  }

  window.mujaz.tools = { equip, focus, known, owners, quiet, tell };
})();
