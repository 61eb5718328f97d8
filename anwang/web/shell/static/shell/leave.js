// The public form: leave at once, and leave nothing on the screen or behind the way back.
"use strict";
(() => {
  const LEAVE = "/report/leave";
  let last = 0;

  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    document.querySelectorAll("form").forEach((form) => form.reset());
    location.replace(LEAVE); // the neutral page stands in the history instead of this one
  };

  // A page that was sent stays in the history with what was typed, for whoever goes back and sends it again. So the
  // answer is put in the place of this page, and the history knows only the empty form.
  const send = async (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.documentElement.lang = page.documentElement.lang;
      document.body.replaceWith(page.body);
      begin();
      scrollTo(0, 0);
      (document.querySelector("[autofocus]") ?? document.getElementById("main"))?.focus();
    } catch {
      form.removeAttribute("aria-busy");
      form.submit(); // the browser says what is wrong with the network
    }
  };

  const begin = () => {
    document.querySelectorAll(`a[href='${LEAVE}']`).forEach((link) => link.addEventListener("click", leave));
    document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", send));
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (last > 0 && event.timeStamp - last < 2000) leave(event);
    last = event.timeStamp;
  });
  // A page that comes back from the browser's memory comes back empty.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace("/report");
  });
  begin();
})();
