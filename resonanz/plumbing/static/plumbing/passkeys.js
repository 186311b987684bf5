/* Ties the passkey buttons to allauth's functions, and shows the sentence for what went wrong. */
"use strict";

(() => {
  const SENTENCES = {
    NotAllowedError: "passkey-cancelled",
    AbortError: "passkey-cancelled",
    InvalidStateError: "passkey-known",
    SecurityError: "passkey-place",
    NotSupportedError: "passkey-place",
  };
  const forms = window.allauth?.webauthn?.forms ?? {};

  const show = (id) => {
    for (const sentence of document.querySelectorAll("[data-trouble]")) {
      sentence.hidden = sentence.id !== id;
    }
  };

  for (const button of document.querySelectorAll("[data-passkey]")) {
    const { passkey, credential, passwordless } = button.dataset;
    if (!window.PublicKeyCredential) {
      // Without a secure line browsers do not even know the word.
      button.addEventListener("click", () => show("passkey-place"));
      continue;
    }
    button.addEventListener("click", () => show(""), { capture: true });
    forms[passkey]?.({
      ids: {
        add: button.id,
        authenticate: button.id,
        login: button.id,
        credential,
        passwordless,
        data: "passkey-data",
      },
    });
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show(SENTENCES[event.detail.exception?.name] ?? "passkey-other");
  });
})();
