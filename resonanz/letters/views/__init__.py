"""Pages of this room: what reaches me, stopping it by a link, the service worker."""
