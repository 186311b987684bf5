/* Our copy of a picture may still be on its way: ask again after 1, 2, 4 and 8 seconds, then leave it. */
"use strict";

(() => {
  const PAUSES_MS = [1000, 2000, 4000, 8000];

  const askAgain = (picture) => {
    const asked = Number(picture.dataset.asked ?? 0);
    picture.classList.add("is-missing");
    if (asked >= PAUSES_MS.length) return;
    picture.dataset.asked = asked + 1;
    setTimeout(() => {
      if (!picture.isConnected) return;
      const address = picture.src;
      picture.removeAttribute("src");
      picture.src = address;
    }, PAUSES_MS[asked]);
  };

  const isOurs = (element) => element instanceof HTMLImageElement && "copy" in element.dataset;

  /* Neither event bubbles: both are heard on their way down, also of pictures that come later. */
  document.addEventListener("error", (event) => isOurs(event.target) && askAgain(event.target), true);
  document.addEventListener("load", (event) => isOurs(event.target) && event.target.classList.remove("is-missing"), true);

  for (const picture of document.querySelectorAll("img[data-copy]")) {
    if (picture.complete && picture.naturalWidth === 0 && picture.currentSrc) askAgain(picture);
  }
})();
