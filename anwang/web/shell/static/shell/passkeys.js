// Passkeys: asks the server for a challenge, hands it to the browser, and sends the answer with the form it stands in.
// Without this script the buttons stay hidden and the page's other ways are used.
(function () {
  "use strict";
  if (!window.PublicKeyCredential) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function opened(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    ["allowCredentials", "excludeCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (one) { one.id = bytes(one.id); });
    });
    return options;
  }
  function answer(credential) {
    var from = credential.response, told = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) told.attestationObject = text(from.attestationObject);
    if (from.authenticatorData) told.authenticatorData = text(from.authenticatorData);
    if (from.signature) told.signature = text(from.signature);
    if (from.userHandle) told.userHandle = text(from.userHandle);
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: told,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }
  function wire(form) {
    var button = form.querySelector("[data-does=passkey]"), says = form.querySelector("[data-says=passkey]");
    if (!button) return;
    button.hidden = false;
    form.querySelectorAll("[data-without=passkey]").forEach(function (hint) { hint.hidden = true; });
    button.addEventListener("click", async function () {
      says.hidden = true;
      try {
        var token = form.querySelector("[name=csrfmiddlewaretoken]").value;
        var asked = await fetch(form.dataset.passkey, {
          method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" }, credentials: "same-origin",
        });
        if (!asked.ok) throw new Error("refused");
        var options = opened(await asked.json()), make = Boolean(options.user);
        var got = await navigator.credentials[make ? "create" : "get"]({ publicKey: options });
        var field = document.createElement("input");
        field.type = "hidden"; field.name = "passkey"; field.value = answer(got);
        form.appendChild(field);
        form.submit();
      } catch (error) {
        says.textContent = says.dataset.refused;
        says.hidden = false;
      }
    });
  }
  document.querySelectorAll("form[data-passkey]").forEach(wire);
})();
