// A desk that nobody sits at is covered, and its session locked; what was typed stays in the page underneath.
// Tabs tell each other that somebody is there; nothing is kept in the browser.
(function () {
  "use strict";
  var veil = document.getElementById("veil");
  if (!veil || !veil.showModal) return;
  var minutes = Number(veil.dataset.minutes), token = veil.dataset.token, PING = 5 * 60 * 1000;
  var touched = Date.now(), told = touched;
  var tabs = window.BroadcastChannel ? new BroadcastChannel("anwang-here") : null;

  function touch() {
    if (veil.open) return;
    var now = Date.now();
    if (now - touched > 1000 && tabs) tabs.postMessage("here");
    touched = now;
    if (now - told > PING) {
      told = now;
      fetch(veil.dataset.here, { credentials: "same-origin", redirect: "manual" }).catch(function () {});
    }
  }
  function cover() {
    if (veil.open) return;
    veil.showModal();
    fetch(veil.dataset.veil, {
      method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token, Accept: "application/json" },
    }).catch(function () {});
  }
  async function uncover() {
    var says = veil.querySelector("[role=alert]");
    try {
      var answer = await fetch(veil.dataset.veil, { credentials: "same-origin", redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw new Error("locked");
      touched = told = Date.now();
      says.hidden = true;
      veil.close();
    } catch (error) {
      says.hidden = false;
    }
  }
  ["pointerdown", "keydown", "wheel", "touchstart"].forEach(function (name) {
    document.addEventListener(name, touch, { passive: true, capture: true });
  });
  if (tabs) tabs.onmessage = function () { touched = Date.now(); };
  veil.addEventListener("cancel", function (event) { event.preventDefault(); });
  veil.querySelector("[data-does=uncover]").addEventListener("click", uncover);
  setInterval(function () { if (Date.now() - touched > minutes * 60 * 1000) cover(); }, 15 * 1000);
})();
