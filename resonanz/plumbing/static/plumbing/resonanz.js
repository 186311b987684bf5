/* Keys, the counter, menus that close. Everything works without this file, only less swiftly. */
"use strict";

(() => {
  const page = document.documentElement;
  page.dataset.script = "on";

  /* ── Keys ───────────────────────────────────────────────────────────────────────── */

  const KEYS_CHOICE = "resonanz.single-keys";
  const SEQUENCE_MS = 1200;
  const dialog = document.getElementById("keys");
  let goPressedAt = 0;

  const keysWanted = () => {
    try {
      return localStorage.getItem(KEYS_CHOICE) !== "off";
    } catch {
      return true; // A browser that keeps nothing still has keys.
    }
  };

  const isWriting = (target) =>
    target.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));

  const isSeen = (element) => element.getClientRects().length > 0;

  const follow = (element) => {
    if (element.type === "checkbox") {
      element.click();
    } else if (["INPUT", "TEXTAREA"].includes(element.tagName)) {
      element.focus();
      if (element.type === "search") element.select();
    } else {
      element.click();
    }
  };

  const moveRow = (step) => {
    const rows = [...document.querySelectorAll("[data-row]")].filter(isSeen);
    if (!rows.length) return;
    const here = rows.findIndex((row) => row === document.activeElement);
    const start = here >= 0 ? here : rows.findIndex((row) => row.getAttribute("aria-current")) ;
    const next = rows[Math.min(rows.length - 1, Math.max(0, start + step))] ?? rows[0];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const answer = () => {
    const box = document.querySelector("form.reply textarea, [data-reply]");
    if (!box) return false;
    box.focus();
    // Browsers put the caret before a draft that was kept; one goes on writing behind it.
    if (box.setSelectionRange && box.selectionEnd === 0) box.setSelectionRange(box.value.length, box.value.length);
    box.scrollIntoView({ block: "center" });
    return true;
  };

  const pressed = (event) => {
    if (event.key === "j") return moveRow(1), true;
    if (event.key === "k") return moveRow(-1), true;
    if (event.key === "r") return answer();
    if (event.key === "?") return showKeys(), true;
    const scope = document.activeElement?.closest("article, section.said") ?? document;
    const named = (where) =>
      [...where.querySelectorAll("[data-key]")].find(
        (element) => element.dataset.key === event.key && isSeen(element),
      );
    const found = named(scope) ?? named(document);
    if (found) follow(found);
    return Boolean(found);
  };

  const goTo = (event) => {
    const found = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    if (found) found.click();
    return Boolean(found);
  };

  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    for (const aside of copy.querySelectorAll(".unseen")) aside.remove();
    return (copy.textContent.trim() || element.getAttribute("aria-label") || "").replace(/\s+/g, " ");
  };

  /* The keys of the page behind the dialog, in the words of what they press, each once. */
  const listKeysHere = (list) => {
    const found = new Map();
    for (const element of document.querySelectorAll("main [data-key]")) {
      const words = wordsOf(element);
      if (words && isSeen(element) && !found.has(element.dataset.key)) found.set(element.dataset.key, words);
    }
    const rows = [...found].map(([key, words]) => {
      const [row, name, pressed, told] = ["div", "dt", "kbd", "dd"].map((tag) => document.createElement(tag));
      pressed.textContent = key;
      told.textContent = words;
      name.append(pressed);
      row.append(name, told);
      return row;
    });
    list.replaceChildren(...rows);
    list.parentElement.hidden = !rows.length;
  };

  const showKeys = () => {
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("[data-keys-here]");
    if (list) listKeysHere(list);
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form.reply");
      if (form) form.requestSubmit(form.querySelector("button.primary"));
      return;
    }
    if (event.key === "Escape") {
      closeMenus(null);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!keysWanted() || dialog?.open || isWriting(event.target)) return;
    const isSequence = performance.now() - goPressedAt < SEQUENCE_MS && goPressedAt > 0;
    goPressedAt = 0;
    if (isSequence ? goTo(event) : pressed(event)) {
      event.preventDefault();
    } else if (event.key === "g" && !isSequence) {
      goPressedAt = performance.now();
    }
  });

  const choice = dialog?.querySelector("[data-keys-use]");
  if (choice) {
    choice.checked = keysWanted();
    choice.addEventListener("change", () => {
      try {
        localStorage.setItem(KEYS_CHOICE, choice.checked ? "on" : "off");
      } catch {
        choice.checked = true;
      }
    });
  }

  /* ── Menus, dialogs, forms ──────────────────────────────────────────────────────── */

  const closeMenus = (target) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (target && menu.contains(target)) continue;
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held && !target) menu.querySelector("summary").focus();
    }
  };

  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    const all = event.target.closest("[data-tick-all]");
    if (all) {
      const boxes = [...document.querySelectorAll(`input[type="checkbox"][form="${CSS.escape(all.dataset.tickAll)}"]`)];
      const isAll = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !isAll;
      event.preventDefault();
    }
    if (event.target.closest("[data-keys-open]")) showKeys();
    if (event.target === dialog) dialog.close();
  });

  /* A second click on "send" is one click. The server knows that too; this only looks calmer. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]") || form.hasAttribute("hx-post")) return;
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = "yes";
    form.setAttribute("aria-busy", "true");
  });

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
      delete form.dataset.sending;
      form.removeAttribute("aria-busy");
    }
  });

  document.querySelector("[data-focus]")?.focus();

  /* ── Copying ────────────────────────────────────────────────────────────────────── */

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      // Without a secure address browsers copy nothing: it is marked, ready for Ctrl and C.
      getSelection().selectAllChildren(text);
      return;
    }
    document.getElementById(`${button.dataset.copy}-copied`).hidden = false;
  });

  /* ── The counter ────────────────────────────────────────────────────────────────── */

  const LINK = /\bhttps?:\/\/[^\s<>"]+/g;
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

  const lengthOf = (text, counter) => {
    const linkCost = Number(counter.dataset.linkCost);
    const counted = linkCost ? text.replace(LINK, "x".repeat(linkCost)) : text;
    const signs = counter.dataset.unit === "graphemes" ? [...graphemes.segment(counted)] : [...counted];
    return signs.length + Number(counter.dataset.extra);
  };

  const count = (area) => {
    const counter = document.querySelector(`[data-counter-for="${CSS.escape(area.id)}"]`);
    if (!counter) return;
    // A line of three dashes begins another post in a row: the longest of them counts.
    const parts = area.value.split(/^[ \t]*-{3,}[ \t]*$/m).map((part) => part.trim());
    const length = Math.max(...(parts.length > 1 ? parts : [area.value]).map((part) => lengthOf(part, counter)));
    const isOver = length > Number(counter.dataset.limit);
    counter.querySelector("[data-count-length]").textContent = length;
    counter.classList.toggle("counter-over", isOver);
    const note = counter.querySelector("[data-count-note]");
    const words = isOver ? counter.dataset.over : "";
    if (note.textContent.trim() !== words) note.textContent = words;
  };

  document.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") count(event.target);
  });
})();
