/* The tools of each line: edit in place, another wording, move, drop, undo; a changed line is checked again. */
(function () {
  "use strict";
  const { asked, briefOf, change, linesOf, post, settle, shown, undo } = window.mujaz;
  const { equip, focus, known, owners, quiet, tell } = window.mujaz.tools;
  const LONGEST_CHECKED = 1000, LONGEST = 20000, MOST_CHECKED = 32;
  const KINDS = ["headline", "standfirst", "bullet"];
  const kindOf = (place) => KINDS[Math.min(place, 2)];

  /* --- changes --- */
  function withLines(brief, lines) {
    const [headline, standfirst, ...bullets] = lines;
    return { ...brief, headline, standfirst, bullets };
  }

  function alter(section, lines) {
    change(section, withLines(briefOf(section), lines));
    return recheck(section);
  }

  function put(section, place, line) {
    const lines = linesOf(briefOf(section));
    lines[place] = line;
    return alter(section, lines);
  }

  function drop(section, place) {
    alter(section, linesOf(briefOf(section)).filter((_, at) => at !== place));
    const left = owners(section);
    focus(section, Math.min(place, left.length - 1), "drop");
  }

  function move(section, place, step) {
    const lines = linesOf(briefOf(section));
    const [line] = lines.splice(place, 1);
    lines.splice(place + step, 0, line);
    alter(section, lines);
    focus(section, place + step, step < 0 ? "up" : "down");
  }

  /* --- what nobody has checked yet is checked by the API, as any other line --- */
  async function recheck(section) {
    const open = (line) => !line.support;
    const mark = (state, fits) => settle(section, withLines(briefOf(section), linesOf(briefOf(section)).map((line) =>
      open(line) && fits(line) ? { ...line, state } : line)));
    const short = (line) => Array.from(line.text).length <= LONGEST_CHECKED;
    const texts = [...new Set(linesOf(briefOf(section)).filter((line) => open(line) && short(line))
      .map((line) => line.text))].slice(0, MOST_CHECKED);
    if (linesOf(briefOf(section)).some((line) => open(line) && !short(line))) mark("too_long", (line) => !short(line));
    if (!texts.length) return;
    mark("checking", short);
    try {
      const answer = await (await post("v1/check", { text: asked().text, statements: texts })).json();
      const found = new Map(answer.statements.map((one) => [one.text, one]));
      settle(section, withLines(briefOf(section), linesOf(briefOf(section)).map((line) =>
        open(line) && found.has(line.text)
          ? { ...found.get(line.text), method: line.method, chances: null } : line)));
    } catch (problem) {
      mark("unchecked", (line) => texts.includes(line.text));
      linesOf(briefOf(section)).forEach((line, place) => {
        if (line.state === "unchecked") tell(section, place, problem.pair || known("offline"));
      });
    }
  }

  /* --- another wording: of a headline the next of those on offer, else what the model has for the same sentences --- */
  const offered = new WeakMap();

  async function ask(section, place) {
    const radios = [...document.querySelectorAll(".mj-choices [role=radio]")];
    if (place === 0 && radios.length) return radios.map((radio) => JSON.parse(radio.dataset.statement));
    const kept = offered.get(section) || new Map();
    offered.set(section, kept);
    const line = linesOf(briefOf(section))[place];
    const sources = line.sources.map(({ start, end }) => ({ start, end }));
    const key = kindOf(place) + JSON.stringify(sources);
    if (!sources.length) return [];
    if (!kept.has(key)) {
      const answer = await post("v1/wording", { ...asked(), kind: kindOf(place), sources });
      kept.set(key, (await answer.json()).wordings);
    }
    return kept.get(key);
  }

  async function reword(section, place) {
    const before = linesOf(briefOf(section))[place].text;
    tell(section, place, known("asking"));
    try {
      const found = await ask(section, place);
      if ((linesOf(briefOf(section))[place] || {}).text !== before) return;
      const next = found[(found.findIndex((one) => one.text === before) + 1) % found.length];
      if (!next || next.text === before) return tell(section, place, known("no_other"));
      await put(section, place, next);
      tell(section, place, known("reworded"));
    } catch (problem) {
      tell(section, place, problem.pair || known("offline"));
    }
  }

  /* --- a line as a field; leaving it takes what was typed --- */
  function open(section, place) {
    const owner = owners(section)[place], line = linesOf(briefOf(section))[place];
    const area = document.createElement("textarea");
    area.className = `mj-field mj-${kindOf(place)}-field`;
    area.value = line.text;
    area.dir = "rtl";
    area.lang = "ar";
    area.setAttribute("aria-label", known("field")[document.documentElement.lang === "en" ? 1 : 0]);
    owner.hidden = true;
    owner.after(area);
    const fit = () => { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; };
    area.addEventListener("input", fit);
    area.addEventListener("blur", () => leave(section, owner, area, true));
    area.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (leave(section, owner, area, event.key === "Enter")) focus(section, place, "edit");
    });
    fit();
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  function leave(section, owner, area, keep) {
    if (!area.isConnected || area.dataset.left) return false;
    const place = owners(section).indexOf(owner), line = linesOf(briefOf(section))[place];
    const text = area.value.replace(/\s+/g, " ").trim();
    if (keep && text.length > LONGEST) {
      tell(section, place, known("far_too_long", LONGEST.toLocaleString("en")));
      return false;
    }
    area.dataset.left = "yes";
    area.remove();
    owner.hidden = false;
    if (keep && !text) tell(section, place, known("empty"));
    else if (keep && text !== line.text) {
      put(section, place, { text, sources: [], support: null, chances: null, method: "edited", state: "checking" });
    }
    return true;
  }

  const acts = {
    edit: open, wording: reword, drop, up: (section, place) => move(section, place, -1),
    down: (section, place) => move(section, place, 1),
    undo: (section) => { if (undo(section)) recheck(section); },
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-act]");
    const section = pressed && pressed.closest(".mj-brief");
    if (!section) return;
    quiet(section);
    const tools = pressed.closest(".mj-act");
    acts[pressed.dataset.act](section, tools ? Number(tools.dataset.of) : 0);
  });
  document.addEventListener("dblclick", (event) => {
    const owner = event.target instanceof Element && event.target.closest(".mj-statement[data-place]");
    if (owner) open(owner.closest(".mj-brief"), Number(owner.dataset.place));
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target, section = shown();
    if (!(target instanceof Element) || !section || target.closest("textarea, input")) return;
    const owner = target.closest(".mj-statement[data-place]");
    if (event.key === "F2" && owner) open(section, Number(owner.dataset.place));
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && undo.depth(section)) {
      event.preventDefault();
      acts.undo(section);
    }
  });

  document.addEventListener("mujaz-drawn", (event) => equip(event.target));
  new MutationObserver(() => {
    const section = shown();
    if (!section || section.dataset.equipped || section.querySelector(".mj-skeleton")) return;
    section.dataset.equipped = "yes";
    equip(section);
    section.dispatchEvent(new CustomEvent("mujaz-written", { bubbles: true }));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
