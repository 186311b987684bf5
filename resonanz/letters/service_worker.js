/* Shows what the house pushes, and opens the page that it leads to. It keeps and fetches nothing. */
"use strict";

const read = (data) => {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
};

self.addEventListener("push", (event) => {
  const told = read(event.data);
  event.waitUntil(
    self.registration.showNotification(told.title || "Resonanz", {
      body: told.body || "",
      tag: told.tag || "resonanz",
      data: { url: told.url || "/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const there = open.find((one) => one.url === url.href);
      return there ? there.focus() : self.clients.openWindow(url.href);
    })(),
  );
});

// A newer one takes over at once: there is nothing that pages would have to agree on.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
