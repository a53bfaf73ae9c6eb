/* The brief as it stands, copied or as a file; printing; an article out of a file of several. */
(function () {
  "use strict";
  const { asked, briefOf, phrase, post, words } = window.mujaz;

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

  /* --- files: the service writes them from the brief as it stands here --- */
  const SUFFIXES = { docx: ".docx", markdown: ".md", html: ".html", json: ".json", text: ".txt" };

  async function download(button) {
    const section = button.closest(".mj-brief"), form = button.dataset.file;
    try {
      const answer = await post("v1/file", { text: asked().text, form, brief: briefOf(section) });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `mujaz${SUFFIXES[form]}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      toast(section, phrase(words().phrases.saved, link.download));
    } catch (problem) {
      toast(section, problem.pair || words().phrases.offline);
    }
  }

  /* --- of a file of several articles the one that is chosen goes into the form --- */
  function take(button) {
    const field = document.querySelector("#mj-text textarea");
    field.value = button.dataset.article;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    button.parentElement.querySelectorAll("button").forEach((one) =>
      one.setAttribute("aria-pressed", String(one === button)));
    field.focus();
  }

  const acts = { copy, file: download, article: take, print: () => window.print() };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    for (const [name, act] of Object.entries(acts)) {
      const button = event.target.closest(`button[data-${name}]`);
      if (button) act(button);
    }
  });

  Object.assign(window.mujaz, { toast });
})();
