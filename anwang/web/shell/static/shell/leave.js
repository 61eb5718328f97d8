// The public form: leave at once, and leave nothing on the screen or behind the way back.
"use strict";
(() => {
  const away = document.querySelector("a.leave");
  let last = 0;
  const leave = (event) => {
    event?.preventDefault();
    document.documentElement.hidden = true;
    document.querySelectorAll("form").forEach((form) => form.reset());
    location.replace(away.href); // the neutral page stands in the history instead of this one
  };
  document.querySelectorAll("a[href='/report/leave']").forEach((link) => link.addEventListener("click", leave));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 2000 && last > 0) leave(event);
    last = event.timeStamp;
  });
  // A page that comes back from the browser's memory comes back empty.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.replace("/report");
  });
})();
