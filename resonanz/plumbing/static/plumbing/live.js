/* News while a page stays open: every few seconds it asks whether anything has changed, and takes
   what is new from a page of its own address. What somebody types, ticks, opens, marks or has the
   keyboard in is never touched. A hidden tab asks nothing. */
"use strict";

(() => {
  const EVERY_MS = 4000;
  const SPREAD = 0.1; // So that fifty browsers do not ask at the same moment.
  const LONGEST_PAUSE_MS = 120_000;
  const PATIENCE_MS = 20_000;
  const FIRST_MS = 300;
  const GONE = [401, 403, 404, 405, 410];

  const place = () => document.querySelector("[data-pulse]");
  let timer = 0;
  let failures = 0;
  let isAsking = false;
  let hasTyped = false;

  /* ── When to ask ────────────────────────────────────────────────────────────────── */

  const later = (ms) => {
    clearTimeout(timer);
    const pause = ms ?? Math.min(EVERY_MS * 2 ** failures, LONGEST_PAUSE_MS);
    timer = setTimeout(ask, pause * (1 - SPREAD + 2 * SPREAD * Math.random()));
  };

  const ask = async () => {
    const at = place();
    if (!at || document.hidden || isAsking || "stopped" in at.dataset) return;
    isAsking = true;
    try {
      const answer = await send(at);
      if (place() !== at) return; // Another page stands here meanwhile, and knows other things.
      if (answer.type === "opaqueredirect" || GONE.includes(answer.status)) {
        at.dataset.stopped = ""; // Signed out, or the talk is elsewhere now.
      } else if (!answer.ok) {
        throw new Error(answer.status);
      } else {
        await hear(at, answer);
      }
      failures = 0;
    } catch {
      failures += 1; // The house is away or has much to do: ask less and less often.
    } finally {
      isAsking = false;
      later();
    }
  };

  const send = (at) => {
    const told = new URLSearchParams({ known: at.dataset.known });
    const how = { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS), headers: { "HX-Request": "true" } };
    if (!("talk" in at.dataset)) return fetch(`${at.dataset.pulse}?${told}`, how);
    told.set("talk", at.dataset.talk);
    if (hasTyped) told.set("writing", "1");
    hasTyped = false;
    how.headers["X-CSRFToken"] = at.querySelector('input[name="csrfmiddlewaretoken"]').value;
    return fetch(at.dataset.pulse, { ...how, method: "POST", body: told });
  };

  document.addEventListener("visibilitychange", () => document.hidden || later(FIRST_MS));
  window.addEventListener("pageshow", (event) => event.persisted && later(FIRST_MS));
  document.addEventListener("htmx:afterSettle", () => place() && later(FIRST_MS));
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("form.reply textarea")) hasTyped = true;
  });

  /* ── What is new ────────────────────────────────────────────────────────────────── */

  const hear = async (at, answer) => {
    if (answer.status === 204) {
      at.dataset.known = answer.headers.get("Pulse-Known") ?? at.dataset.known;
      return;
    }
    const news = await answer.json();
    if (news.people) sayPeople(at, news.people);
    const list = document.querySelector('[data-live="list"]');
    const takesList = Boolean(news.sentence && list && "self" in list.dataset && !isBusy(list));
    if (news.is_talk_new || news.is_rail_new || takesList) {
      const page = await pageOf(at);
      takeParts(page);
      if (news.is_talk_new) takeTalk(page);
      if (takesList) takeList(page);
    }
    if (news.talk) at.dataset.talk = news.talk;
    // What waits to be shown is counted again from what the page knew.
    if (takesList || !news.sentence) {
      at.dataset.known = news.known;
      say("list", "");
    } else {
      at.dataset.pending = news.known;
      say("list", news.sentence);
    }
  };

  const pageOf = async (at) => {
    const headers = { "Live-Update": "1" };
    const answer = await fetch(at.dataset.page, { headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A message is shown once; if this page has taken one, it is shown here.
    document.getElementById("messages")?.append(...(page.getElementById("messages")?.children ?? []));
    return page;
  };

  const setText = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };

  const sayPeople = (at, sentences) => setText(at.querySelector("[data-live-people]"), sentences.join(" "));

  const say = (name, sentence) => {
    const line = document.querySelector(`[data-live-line="${name}"]`);
    if (!line) return;
    setText(line.querySelector("span"), sentence && (line.dataset.words ?? sentence));
    line.classList.toggle("live-has-news", Boolean(sentence));
  };

  const announce = (sentence) => setText(place()?.querySelector("[data-live-said]"), sentence);

  /* ── Whose hands are in it ──────────────────────────────────────────────────────── */

  const isHeld = (element) => {
    const focused = document.activeElement;
    const marked = getSelection();
    return (
      (focused !== document.body && element.contains(focused)) ||
      element.matches("details[open]") ||
      Boolean(element.querySelector("details[open], :checked:not(option)")) ||
      (!marked.isCollapsed && marked.containsNode(element, true))
    );
  };

  const isBusy = (list) => isHeld(list) || Boolean(document.querySelector("#bulk details[open], input[form=bulk]:checked"));

  /* ── Taking over what is new ────────────────────────────────────────────────────── */

  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const time of copy.querySelectorAll("time")) time.textContent = "";
    const seen = copy.querySelectorAll("img, details, button, [aria-current]").length;
    return `${copy.textContent.replace(/\s+/g, " ").trim()} ${seen} ${copy.firstElementChild?.className}`;
  };

  const keyed = (list) => {
    const found = new Map();
    for (const item of list.children) {
      const key = item.id || item.querySelector("[data-row]")?.getAttribute("href") || words(item);
      let times = 0;
      while (found.has(`${key} ${times}`)) times += 1;
      found.set(`${key} ${times}`, item);
    }
    return found;
  };

  const freshenTimes = (item, next) => {
    const times = [...next.querySelectorAll("time")];
    for (const [place, time] of [...item.querySelectorAll("time")].entries()) setText(time, times[place]?.textContent ?? time.textContent);
  };

  /* Brings a list to what it is on the new page, item by item; gives the items that are new. */
  const merge = (list, next) => {
    const old = keyed(list);
    const wanted = keyed(next);
    const added = [];
    for (const [key, item] of old) if (!wanted.has(key) && !isHeld(item)) item.remove();
    let cursor = list.firstElementChild;
    for (const [key, item] of wanted) {
      const known = old.get(key);
      if (known && (isHeld(known) || words(known) === words(item))) {
        freshenTimes(known, item);
        if (known === cursor) cursor = cursor.nextElementSibling;
        else if (!isHeld(known)) list.insertBefore(known, cursor);
        continue;
      }
      if (known === cursor) cursor = cursor?.nextElementSibling ?? null;
      const taken = document.adoptNode(item);
      list.insertBefore(taken, known ? known.nextElementSibling : cursor);
      known?.remove();
      htmx.process(taken);
      if (!known) added.push(taken);
    }
    return added;
  };

  /* What somebody looks at or types into stays where it is on the screen. */
  const keepingPlace = (act) => {
    const root = document.documentElement;
    const focused = document.activeElement;
    const seen = [...document.querySelectorAll('[data-live="talk"] > li')].find((item) => item.getBoundingClientRect().bottom > 0);
    const anchor = focused && focused !== document.body && document.getElementById("main")?.contains(focused) ? focused : seen;
    root.style.overflowAnchor = "none";
    const before = anchor?.getBoundingClientRect().top ?? 0;
    act();
    if (anchor?.isConnected) window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
    requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
  };

  const takeParts = (page) => keepingPlace(() => {
    for (const part of document.querySelectorAll("[data-live-part]")) {
      const next = page.getElementById(part.id);
      if (!next || isHeld(part) || words(part) === words(next)) continue;
      const taken = document.adoptNode(next);
      part.replaceWith(taken);
      htmx.process(taken);
    }
  });

  const takeList = (page) => {
    const list = document.querySelector('[data-live="list"]');
    const next = page.querySelector('[data-live="list"]');
    const rows = list?.querySelector("ul.rows");
    const nextRows = next?.querySelector("ul.rows");
    if (rows && nextRows) {
      merge(rows, nextRows);
    } else if (list && next) {
      list.replaceChildren(...next.childNodes);
      htmx.process(list);
    }
  };

  /* ── An open talk ───────────────────────────────────────────────────────────────── */

  const isAtEnd = (talk) => talk.getBoundingClientRect().bottom <= innerHeight + 80;
  const postsIn = (items) => items.filter((item) => item.id.startsWith("post-") || item.id.startsWith("way-")).length;

  const counted = (count) => {
    const line = document.querySelector('[data-live-line="talk"]');
    return count === 1 ? line?.dataset.one : line?.dataset.many.replace("{n}", count);
  };

  let waiting = null; // A page whose posts are shown when she comes to the end.

  const takeTalk = (page, { isAsked = false } = {}) => {
    const talk = document.querySelector('[data-live="talk"]');
    const next = page.querySelector('[data-live="talk"]');
    if (!talk || !next) return say("talk", counted(1) ?? "");
    const known = keyed(talk);
    const count = postsIn([...keyed(next)].filter(([key]) => !known.has(key)).map(([, item]) => item));
    if (count && !isAsked && !isAtEnd(talk)) {
      waiting = page;
      return say("talk", counted(count));
    }
    waiting = null;
    let added = [];
    keepingPlace(() => (added = merge(talk, next)));
    for (const field of document.querySelectorAll("input[data-live-value]")) {
      field.value = page.querySelector(`input[name="${field.name}"]`)?.value ?? field.value;
    }
    say("talk", "");
    if (count && !isAsked) announce(counted(count));
    const first = added.find((item) => item.id);
    if (isAsked && first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "center" });
    }
  };

  document.addEventListener("scroll", () => {
    const talk = waiting && document.querySelector('[data-live="talk"]');
    if (talk && isAtEnd(talk)) takeTalk(waiting);
  }, { passive: true });

  /* ── “Show” ─────────────────────────────────────────────────────────────────────── */

  document.addEventListener("click", async (event) => {
    const line = event.target.closest?.("[data-live-show]")?.closest("[data-live-line]");
    const at = place();
    if (!line || !at) return;
    const list = document.querySelector('[data-live="list"]');
    if (line.dataset.liveLine === "talk" && document.querySelector('[data-live="talk"]')) {
      return takeTalk(waiting ?? (await pageOf(at)), { isAsked: true });
    }
    if (line.dataset.liveLine === "list" && list) {
      takeList(await pageOf(at));
      at.dataset.known = at.dataset.pending ?? at.dataset.known;
      say("list", "");
      return list.querySelector("[data-row]")?.focus({ preventScroll: true });
    }
    location.assign(line.dataset.page ?? at.dataset.page);
  });

  later(FIRST_MS);
})();
