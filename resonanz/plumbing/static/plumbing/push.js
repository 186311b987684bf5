/* “Tell me in this browser”: asks the browser, fills the form with what it says, and sends it. */
"use strict";

(() => {
  const form = document.querySelector("[data-push-key]");
  const button = form?.querySelector("button");
  if (!button) return;

  const show = (id) => {
    for (const sentence of document.querySelectorAll("[data-push-trouble]")) {
      sentence.hidden = sentence.dataset.pushTrouble !== id;
    }
  };

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };

  const base64 = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const subscription = async () => {
    await navigator.serviceWorker.register("/service-worker.js");
    const { pushManager } = await navigator.serviceWorker.ready;
    const how = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.pushKey) };
    try {
      return await pushManager.subscribe(how);
    } catch (trouble) {
      // It is subscribed with the key of an installation that was here before.
      const old = trouble.name === "InvalidStateError" && (await pushManager.getSubscription());
      if (!old) throw trouble;
      await old.unsubscribe();
      return pushManager.subscribe(how);
    }
  };

  button.addEventListener("click", async () => {
    show("");
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
      show("missing");
      return;
    }
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        show("denied");
        return;
      }
      const found = await subscription();
      form.elements.endpoint.value = found.endpoint;
      form.elements.p256dh.value = base64(found.getKey("p256dh"));
      form.elements.auth.value = base64(found.getKey("auth"));
      form.submit();
    } catch {
      show("failed");
    } finally {
      button.disabled = false;
    }
  });
})();
