/* The lines of the brief that is shown: what is said beside each, the headline that was chosen, copies. */
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
    if (!line.support) return small("mj-check", phrases[line.state]);
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

  function fill(owner, line, known) {
    const sentences = sentencesOf(line);
    owner.querySelector(".mj-text").replaceChildren(marked(line, known));
    owner.querySelector(".mj-label").replaceChildren(...label(line, known));
    owner.querySelector(".mj-quotes").replaceChildren(...sentences.map(quote));
    owner.dataset.sentences = sentences.map((sentence) => sentence.dataset.sentence).join(" ");
  }

  /* --- the brief that is shown, as JSON in its section --- */
  const shown = () => document.querySelector(".mj-brief[data-brief]");
  const briefOf = (section) => JSON.parse(section.dataset.brief);
  const linesOf = (brief) => [brief.headline, brief.standfirst, ...brief.bullets];

  function draw(section) {
    const brief = briefOf(section), known = words(), lines = linesOf(brief);
    section.querySelectorAll(".mj-statement").forEach((owner, place) => fill(owner, lines[place], known));
    const doubtful = lines.filter((line) => !line.support || !line.support.supported).length;
    const summary = section.querySelector(".mj-summary");
    summary.className = `mj-summary ${doubtful ? "mj-check" : "mj-found"}`;
    summary.replaceChildren(both(doubtful ? say(known.phrases.doubtful, doubtful, lines.length) : known.phrases.checked));
    document.querySelectorAll(".mj-choices [role=radio]").forEach((radio) => {
      const chosen = JSON.parse(radio.dataset.statement).text === brief.headline.text;
      radio.setAttribute("aria-checked", String(chosen));
    });
  }

  function change(section, brief) {
    section.dataset.brief = JSON.stringify(brief);
    draw(section);
  }

  function choose(radio) {
    const section = shown();
    if (section) change(section, { ...briefOf(section), headline: JSON.parse(radio.dataset.statement) });
  }

  /* --- copies --- */
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const plain = (text) => text.replace(/[&<>"]/g, (char) => entities[char]);
  const writers = {
    text: (b) => [b.headline.text, "", b.standfirst.text, "", ...b.bullets.map((one) => "• " + one.text)].join("\n"),
    markdown: (b) => ["# " + b.headline.text, "", "**" + b.standfirst.text + "**", "",
      ...b.bullets.map((one) => "- " + one.text)].join("\n"),
    html: (b) => ['<article lang="ar" dir="rtl">', `  <h1>${plain(b.headline.text)}</h1>`,
      `  <p><strong>${plain(b.standfirst.text)}</strong></p>`, "  <ul>",
      ...b.bullets.map((one) => `    <li>${plain(one.text)}</li>`), "  </ul>", "</article>"].join("\n"),
    json: (b) => JSON.stringify(b, null, 2),
  };

  async function put(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("refused");
  }

  function toast(section, pair) {
    const place = section.querySelector(".mj-toast");
    place.textContent = pair[document.documentElement.lang === "en" ? 1 : 0];
    setTimeout(() => place.replaceChildren(), 2500);
  }

  async function copy(button) {
    const section = button.closest(".mj-brief");
    try {
      await put(writers[button.dataset.copy](briefOf(section)));
      toast(section, ["نُسخ", "Copied"]);
    } catch {
      toast(section, ["منع المتصفح النسخ", "The browser refused to copy"]);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-copy], .mj-choices [role=radio]");
    if (button) (button.dataset.copy ? copy : choose)(button);
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

  Object.assign(window.mujaz, { both, briefOf, change, draw, linesOf, shown, toast, words, writers });
})();
