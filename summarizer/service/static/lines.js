/* The lines of the brief that is shown: what is said beside each, the headline that was chosen, changes and undo. */
(function () {
  "use strict";
  const words = () => JSON.parse(document.getElementById("mj-said").dataset.words);
  const say = ([arabic, english], ...parts) => [arabic, english].map((text) =>
    parts.reduce((said, part) => said.replace("{}", part), text));

  function both([arabic, english]) {
    const made = document.createDocumentFragment();
    for (const [language, text] of [["ar", arabic], ["en", english]]) {
      const span = document.createElement("span");
      span.className = language;
      span.lang = language;
      span.textContent = text;
      made.append(span);
    }
    return made;
  }

  function small(kind, pair) {
    const span = document.createElement("span");
    span.className = kind;
    span.append(both(pair));
    return span;
  }

  /* --- a line as verdict.py says it; offsets count code points, a string here UTF-16 units --- */
  function marked(line, { kinds, phrases }) {
    const points = Array.from(line.text);
    const made = document.createDocumentFragment();
    let done = 0;
    const doubts = (line.support ? line.support.claims : []).filter((claim) => !claim.supported);
    for (const claim of doubts.sort((a, b) => a.start - b.start || a.end - b.end)) {
      if (claim.start < done) continue;
      const mark = document.createElement("mark");
      mark.className = "mj-doubt";
      mark.title = say(phrases.missing, kinds[claim.kind])[0];
      mark.textContent = points.slice(claim.start, claim.end).join("");
      made.append(points.slice(done, claim.start).join(""), mark);
      done = claim.end;
    }
    made.append(points.slice(done).join(""));
    return made;
  }

  function verdict(line, { kinds, phrases }) {
    if (!line.support) return small(line.state === "checking" ? "mj-checking" : "mj-check", phrases[line.state]);
    if (line.support.supported && !line.sources.length) return small("mj-check", phrases.sourceless);
    const wanted = line.support.claims.filter((claim) => line.support.supported || !claim.supported);
    const names = [...new Set(wanted.map((claim) => claim.kind))];
    if (!line.support.supported) {
      names.sort();
      const missing = names.map((name) => say(phrases.missing, kinds[name])[0]).join("، ");
      return small("mj-check", [say(phrases.check, missing)[0], say(phrases.check, names.join(", "))[1]]);
    }
    if (!names.length) return small("mj-found", phrases.nothing);
    const arabic = names.map((name) => kinds[name]).join("، ");
    return small("mj-found", [say(phrases.found, arabic)[0], say(phrases.found, names.join(", "))[1]]);
  }

  function label(line, known) {
    const made = [verdict(line, known)];
    if (line.chances) {
      const likely = line.chances.true >= known.likely ? "likely" : "unlikely";
      made.push(small(`mj-${likely}`, known.phrases[likely]));
    }
    made.push(small("mj-rung", known.methods[line.method] || [line.method, line.method]));
    return made;
  }

  function sentencesOf(line) {
    return [...document.querySelectorAll(".mj-sentence")].filter((sentence) => line.sources.some((source) =>
      sentence.dataset.start < source.end && source.start < sentence.dataset.end));
  }

  function quote(sentence) {
    const made = document.createElement("blockquote");
    made.textContent = sentence.textContent;
    return made;
  }

  const doubtfulLine = (line) =>
    line.support ? !line.support.supported || !line.sources.length : line.state !== "checking";

  function fill(owner, line, known) {
    const sentences = sentencesOf(line);
    owner.querySelector(".mj-text").replaceChildren(marked(line, known));
    owner.querySelector(".mj-label").replaceChildren(...label(line, known));
    owner.querySelector(".mj-quotes").replaceChildren(...sentences.map(quote));
    owner.dataset.sentences = sentences.map((sentence) => sentence.dataset.sentence).join(" ");
    owner.classList.toggle("mj-flagged", doubtfulLine(line));
  }

  /* A bullet as html.py writes one, without its words. */
  function blank() {
    const item = document.createElement("li"), owner = document.createElement("div");
    owner.className = "mj-statement mj-bullet";
    for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-pressed", "false"]]) {
      owner.setAttribute(name, value);
    }
    for (const [tag, name] of [["p", "mj-text"], ["div", "mj-label"], ["div", "mj-quotes"]]) {
      const part = document.createElement(tag);
      part.className = name;
      owner.append(part, ...(name === "mj-text" ? [" "] : []));
    }
    item.append(owner);
    return item;
  }

  function makeRoom(section, count) {
    const list = section.querySelector(".mj-bullets");
    while (list.children.length > count) list.lastElementChild.remove();
    while (list.children.length < count) list.append(blank());
  }

  /* --- the brief that is shown, as JSON in its section --- */
  const shown = () => document.querySelector(".mj-brief[data-brief]");
  const briefOf = (section) => JSON.parse(section.dataset.brief);
  const linesOf = (brief) => [brief.headline, brief.standfirst, ...brief.bullets];

  function draw(section) {
    const brief = briefOf(section), known = words(), lines = linesOf(brief);
    makeRoom(section, brief.bullets.length);
    section.querySelectorAll(".mj-statement").forEach((owner, place) => fill(owner, lines[place], known));
    const doubtful = lines.filter(doubtfulLine).length;
    const summary = section.querySelector(".mj-summary");
    summary.className = `mj-summary ${doubtful ? "mj-check" : "mj-found"}`;
    summary.replaceChildren(both(doubtful ? say(known.phrases.doubtful, doubtful, lines.length) : known.phrases.checked));
    document.querySelectorAll(".mj-choices [role=radio]").forEach((radio) => {
      const chosen = JSON.parse(radio.dataset.statement).text === brief.headline.text;
      radio.setAttribute("aria-checked", String(chosen));
    });
  }

  function settle(section, brief) {
    section.dataset.brief = JSON.stringify(brief);
    draw(section);
    section.dispatchEvent(new CustomEvent("mujaz-drawn", { bubbles: true }));
  }

  /* --- what was there before each change --- */
  const STEPS = 100;
  const past = new WeakMap();
  const before = (section) => past.get(section) || past.set(section, []).get(section);

  function change(section, brief) {
    before(section).push(section.dataset.brief);
    if (before(section).length > STEPS) before(section).shift();
    settle(section, brief);
  }

  function undo(section) {
    const last = before(section).pop();
    if (last) settle(section, JSON.parse(last));
    return Boolean(last);
  }
  undo.depth = (section) => before(section).length;

  /* --- the article as it was given, and what the API says of it --- */
  const asked = () => JSON.parse(document.querySelector(".mj-article[data-asked]").dataset.asked);

  /* The answer; an error has the `pair` that the reader is told. */
  async function post(path, sent) {
    const offline = Object.assign(new Error("no answer"), { pair: words().phrases.offline });
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent),
    }).catch(() => { throw offline; });
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    if (problem.detail_ar) offline.pair = [problem.detail_ar, problem.detail];
    throw offline;
  }

  function choose(radio) {
    const section = shown(), headline = JSON.parse(radio.dataset.statement);
    if (section && briefOf(section).headline.text !== headline.text) change(section, { ...briefOf(section), headline });
  }

  document.addEventListener("click", (event) => {
    const radio = event.target instanceof Element && event.target.closest(".mj-choices [role=radio]");
    if (radio) choose(radio);
  });
  document.addEventListener("keydown", (event) => {
    const radio = event.target instanceof Element ? event.target.closest(".mj-choices [role=radio]") : null;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!radio || !step) return;
    event.preventDefault();
    const all = [...radio.parentElement.children];
    const next = all[(all.indexOf(radio) + step + all.length) % all.length];
    next.focus();
    choose(next);
  });

  Object.assign(window.mujaz, {
    asked, both, briefOf, change, draw, linesOf, phrase: say, post, settle, shown, undo, words,
  });
})();
