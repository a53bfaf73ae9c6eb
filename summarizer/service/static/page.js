/* The page's own behaviour: direction, language, sources that light up, files, keys. lines.js has the brief's lines. */
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
    root.dataset.mujaz = "ready";
    if (store.get() === "en") document.querySelector("#mj-switch").click();
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
    const frame = body.getBoundingClientRect(), place = first.getBoundingClientRect();
    if (place.top >= frame.top && place.bottom <= frame.bottom) return;
    body.scrollTo({ top: body.scrollTop + place.top - frame.top - body.clientHeight / 3, behavior: calm() });
  }

  /* A pointer that only passes over the lines does not make the article run. */
  let resting = 0;
  function rest(numbers) {
    clearTimeout(resting);
    if (numbers.length) resting = setTimeout(() => reveal(numbers), 150);
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
    if (owner && owner !== statement(event.relatedTarget)) rest(light(owner));
    const sentence = event.target instanceof Element ? event.target.closest(".mj-sentence") : null;
    document.querySelectorAll(".mj-statement").forEach((one) => {
      const used = sentence && one.dataset.sentences.split(" ").includes(sentence.dataset.sentence);
      one.classList.toggle("uses", Boolean(used));
    });
  });
  document.addEventListener("mouseout", (event) => {
    if (statement(event.target) && statement(event.relatedTarget) !== statement(event.target)) rest(light(pinned()));
  });
  document.addEventListener("focusin", (event) => {
    const owner = statement(event.target);
    if (owner) { light(owner); if (owner.matches(":focus-visible")) reveal(owner.dataset.sentences.split(" ")); }
  });
  document.addEventListener("focusout", (event) => { if (statement(event.target)) light(pinned()); });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const owner = statement(event.target);
    if (owner && !String(window.getSelection())) pin(owner);
  });
  document.addEventListener("keydown", (event) => {
    const owner = statement(event.target);
    if (owner && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pin(owner); }
    if (event.key === "Escape" && pinned()) pin(pinned());
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#mj-text")) {
      event.preventDefault();
      document.getElementById("mj-write").click();
    }
  });

  /* --- files: too large ones are refused here, in Arabic; the server would tell Gradio, and Gradio the reader --- */
  const said = () => document.getElementById("mj-said");
  function say(pair) {
    const message = document.createElement("div");
    message.className = "mj-message mj-error";
    message.setAttribute("role", "alert");
    message.append(window.mujaz.both(pair));
    said().replaceChildren(message);
  }
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("button")) said().replaceChildren();
  }, true);
  document.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "file") return;
    said().replaceChildren();
    const words = window.mujaz.words();
    if ([...event.target.files].every((file) => file.size <= words.file_bytes - 4096)) return;
    event.stopImmediatePropagation();
    event.target.value = "";
    say(words.too_large);
  }, true);

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

  window.mujaz = { calm, say, startLanguage, switchLanguage };
})();
