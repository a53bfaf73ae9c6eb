/* The page's own behaviour: direction, language, sources that light up, headlines to choose from, copies, files. */
(function () {
  "use strict";
  const root = document.documentElement;
  const store = {
    get: () => { try { return localStorage.getItem("mujaz-language"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("mujaz-language", value); } catch { /* private window */ } },
  };

  function setLanguage(language) {
    root.lang = language;
    root.dir = language === "en" ? "ltr" : "rtl";
  }

  function switchLanguage() {
    const language = root.lang === "en" ? "ar" : "en";
    setLanguage(language);
    store.set(language);
    return language;
  }

  /* Gradio writes its own language on the page while it loads: ours comes back. */
  setLanguage("ar");
  new MutationObserver(() => {
    const wanted = root.dir === "ltr" ? "en" : "ar";
    if (root.lang !== wanted) root.lang = wanted;
  }).observe(root, { attributes: true, attributeFilter: ["lang"] });

  /* What the reader chose last time; called when the page has been built. */
  function startLanguage() {
    const language = store.get() === "en" ? "en" : "ar";
    setLanguage(language);
    root.dataset.mujaz = "ready";
    return language;
  }

  /* --- a statement and its source sentences --- */
  const statement = (target) => (target instanceof Element ? target.closest(".mj-statement") : null);

  function light(owner) {
    const numbers = owner ? owner.dataset.sentences.split(" ").filter(Boolean) : [];
    document.querySelectorAll(".mj-sentence").forEach((sentence) => {
      sentence.classList.toggle("lit", numbers.includes(sentence.dataset.sentence));
    });
    document.querySelectorAll(".mj-body").forEach((body) => body.classList.toggle("dim", numbers.length > 0));
    return numbers;
  }

  const pinned = () => document.querySelector(".mj-statement[aria-pressed=true]");

  function reveal(numbers) {
    const first = document.querySelector(`.mj-sentence[data-sentence="${numbers[0]}"]`);
    const body = first && first.closest(".mj-body");
    if (!body) return;
    const top = first.offsetTop - body.offsetTop - body.clientHeight / 3;
    body.scrollTo({ top, behavior: calm() });
  }

  function pin(owner) {
    const before = pinned();
    if (before) before.setAttribute("aria-pressed", "false");
    if (before !== owner) owner.setAttribute("aria-pressed", "true");
    const numbers = light(pinned());
    if (numbers.length) reveal(numbers);
  }

  document.addEventListener("mouseover", (event) => {
    const owner = statement(event.target);
    if (owner) light(owner);
    const sentence = event.target instanceof Element ? event.target.closest(".mj-sentence") : null;
    document.querySelectorAll(".mj-statement").forEach((one) => {
      const used = sentence && one.dataset.sentences.split(" ").includes(sentence.dataset.sentence);
      one.classList.toggle("uses", Boolean(used));
    });
  });
  document.addEventListener("mouseout", (event) => {
    if (statement(event.target) && statement(event.relatedTarget) !== statement(event.target)) light(pinned());
  });
  document.addEventListener("focusin", (event) => {
    const owner = statement(event.target);
    if (owner) { light(owner); if (owner.matches(":focus-visible")) reveal(owner.dataset.sentences.split(" ")); }
  });
  document.addEventListener("focusout", (event) => { if (statement(event.target)) light(pinned()); });

  /* --- headlines to choose from --- */
  function choose(button) {
    const group = button.closest("[role=radiogroup]");
    group.querySelectorAll("[role=radio]").forEach((one) => one.setAttribute("aria-checked", String(one === button)));
    const shown = document.querySelector(".mj-headline");
    const first = group.querySelector("[role=radio]");
    if (!shown) return;
    const text = shown.querySelector(".mj-text");
    if (!shown.dataset.original) shown.dataset.original = text.innerHTML;
    if (button === first) text.innerHTML = shown.dataset.original;
    else text.textContent = button.dataset.headline;
    shown.querySelector(".mj-label").hidden = button !== first;
    shown.dataset.sentences = button.dataset.sentences;
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

  function chosenBrief(section) {
    const brief = JSON.parse(section.dataset.brief);
    const chosen = document.querySelector(".mj-choices [role=radio][aria-checked=true]");
    if (chosen && chosen.dataset.statement) brief.headline = JSON.parse(chosen.dataset.statement);
    return brief;
  }

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

  async function copy(button) {
    const section = button.closest(".mj-brief");
    const toast = section.querySelector(".mj-toast");
    const english = root.lang === "en";
    try {
      await put(writers[button.dataset.copy](chosenBrief(section)));
      toast.textContent = english ? "Copied" : "نُسخ";
    } catch {
      toast.textContent = english ? "The browser refused to copy" : "منع المتصفح النسخ";
    }
    setTimeout(() => { toast.textContent = ""; }, 2500);
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("[data-copy], .mj-choices [role=radio]");
    if (button) { if (button.dataset.copy) copy(button); else choose(button); return; }
    const owner = statement(event.target);
    if (owner && !String(window.getSelection())) pin(owner);
  });
  document.addEventListener("keydown", (event) => {
    const owner = statement(event.target);
    if (owner && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pin(owner); }
    if (event.key === "Escape" && pinned()) pin(pinned());
    const radio = event.target instanceof Element ? event.target.closest("[role=radio]") : null;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (radio && step) {
      event.preventDefault();
      const all = [...radio.parentElement.children];
      const next = all[(all.indexOf(radio) + step + all.length) % all.length];
      next.focus();
      choose(next);
    }
  });

  /* --- files dropped anywhere --- */
  const carriesFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (carriesFile(event)) { event.preventDefault(); root.classList.add("mj-dropping"); }
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) root.classList.remove("mj-dropping"); });
  document.addEventListener("drop", (event) => {
    root.classList.remove("mj-dropping");
    const input = document.querySelector("#mj-upload input[type=file], input#mj-upload, .mj-form input[type=file]")
      || document.querySelector("input[type=file]");
    if (!carriesFile(event) || !input) return;
    event.preventDefault();
    event.stopPropagation();
    const files = new DataTransfer();
    files.items.add(event.dataTransfer.files[0]);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);

  /* --- what has just appeared is brought into view: a phone's reader pressed a button far below it --- */
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node instanceof Element);
    const find = (selector) => added.map((node) => (node.matches(selector) ? node : node.querySelector(selector))).find(Boolean);
    const message = find(".mj-message");
    /* At once: what glides would pass under the pointer and light up. */
    if (message) message.scrollIntoView({ block: "nearest" });
    else if (find(".mj-waiting")) window.scrollTo(0, 0);
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.mujaz = { startLanguage, switchLanguage };
})();
