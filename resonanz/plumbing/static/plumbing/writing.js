/* Writing: a copy in this browser, pictures by paste and drop, facts at the cursor, seconds counted
   down. Everything works without this file; with it, a killed browser loses nothing either. */
"use strict";

(() => {
  /* ── A copy of what is typed, until the server has it ───────────────────────────── */

  const PREFIX = "resonanz.text.";
  const DAYS_KEPT = 14;
  const words = document.querySelector("[data-writing-words]")?.dataset ?? {};

  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null; // A browser that keeps nothing, or a copy that is none.
      }
    },
    write(key, copy) {
      try {
        localStorage.setItem(key, JSON.stringify(copy));
      } catch {
        // Full or forbidden: the server keeps the text as well.
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };

  const forms = () => document.querySelectorAll("form[data-writing]");
  const areaOf = (form) => form.querySelector('textarea[name="text"]');
  const keyOf = (form) => `${PREFIX}${form.dataset.writing}.${form.getAttribute("action")}`;

  const dropOld = () => {
    const oldest = Date.now() - DAYS_KEPT * 86_400_000;
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && (store.read(key)?.at ?? 0) < oldest) store.drop(key);
    }
  };

  const keep = (form) => store.write(keyOf(form), { text: areaOf(form).value, at: Date.now() });

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button quiet";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  const say = (form, sentence, ...buttons) => {
    form.querySelector("[data-writing-note]")?.remove();
    const note = document.createElement("div");
    note.className = "notice notice-turn";
    note.setAttribute("role", "status");
    note.dataset.writingNote = "";
    const line = document.createElement("p");
    line.textContent = sentence;
    note.append(line, ...buttons);
    form.prepend(note);
    return note;
  };

  const type = (area, text) => {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (form) => {
    const copy = store.read(keyOf(form));
    const area = areaOf(form);
    if (!copy || !area || !words.offer) return;
    if (!copy.text.trim() || copy.text === area.value) return store.drop(keyOf(form));
    const note = say(
      form,
      `${words.offer} “${copy.text.slice(0, 120)}”`,
      button(words.putBack, () => {
        type(area, copy.text);
        note.remove();
        area.focus();
      }),
      button(words.throwAway, () => {
        store.drop(keyOf(form));
        note.remove();
      }),
    );
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-writing]");
    if (form && event.target === areaOf(form)) keep(form);
  });

  /* The server has it once an autosave was answered, or a page has come back after sending. */
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-writing]");
    if (!form) return;
    if (event.detail.successful) {
      const sent = event.detail.requestConfig?.parameters?.text;
      if (store.read(keyOf(form))?.text === sent) store.drop(keyOf(form));
      form.querySelector("[data-writing-lost]")?.remove();
    } else if (event.detail.xhr?.status === 401 && words.signedOut) {
      const note = say(form, words.signedOut);
      const link = document.createElement("a");
      link.href = words.signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = words.signInLabel;
      note.append(link);
      note.dataset.writingLost = "";
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-writing]") && areaOf(form)) {
      store.write(keyOf(form), { text: areaOf(form).value, at: Date.now(), isPosted: true });
    }
    if (form.matches("[data-forget-copies]")) {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) store.drop(key);
    }
  });

  const [entry] = performance.getEntriesByType("navigation");
  const start = () => {
    try {
      dropOld();
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(PREFIX) && entry?.type === "navigate" && store.read(key)?.isPosted) {
          store.drop(key); // A page of the house came back: what was posted has arrived.
        }
      }
    } catch {
      return; // A browser that keeps nothing.
    }
    for (const form of forms()) offer(form);
  };
  start();

  /* ── Pictures: chosen, dropped or pasted, they go up at once ────────────────────── */

  const send = (input) => {
    if (input.files.length) input.form.requestSubmit(input.form.querySelector('button[name="attach"]'));
  };

  const bring = (form, files) => {
    const input = form?.querySelector("input[data-attach]");
    const pictures = [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!input || !pictures.length) return false;
    const brought = new DataTransfer();
    for (const picture of pictures) brought.items.add(picture);
    input.files = brought.files;
    send(input);
    return true;
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[data-attach]")) send(event.target);
  });

  document.addEventListener("paste", (event) => {
    const form = event.target.closest?.("form[data-writing]");
    if (bring(form, event.clipboardData?.files)) event.preventDefault();
  });

  document.addEventListener("dragover", (event) => {
    if (event.target.closest?.("form[data-writing]")) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const form = event.target.closest?.("form[data-writing]");
    if (bring(form, event.dataTransfer?.files)) event.preventDefault();
  });

  /* ── Facts at the cursor ────────────────────────────────────────────────────────── */

  document.addEventListener("click", (event) => {
    const fact = event.target.closest?.("button[data-put-in]");
    const area = fact && areaOf(fact.form);
    if (!area) return;
    event.preventDefault();
    const at = area.selectionEnd;
    const blank = at && !/\s/.test(area.value[at - 1]) ? " " : "";
    area.setRangeText(blank + fact.dataset.putIn, area.selectionStart, at, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });

  /* ── How long something can be taken back ───────────────────────────────────────── */

  for (const shown of document.querySelectorAll("[data-countdown]")) {
    const ends = performance.now() + Number(shown.dataset.countdown) * 1000;
    const undo = shown.parentElement.querySelector("button.undo");
    const timer = setInterval(() => {
      const left = Math.ceil((ends - performance.now()) / 1000);
      if (left > 0) {
        shown.textContent = shown.textContent.replace(/\d+/, left);
        return;
      }
      clearInterval(timer);
      shown.textContent = shown.dataset.over;
      undo?.remove();
    }, 250);
  }
})();
