// Keys for those who like them; every act also works as a link or a form.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])");

const acts = {
  "/": () => (document.querySelector(".search-form input") ?? document.querySelector("#search"))?.focus(),
  n: () => {
    const address = document.querySelector("#keys")?.dataset.new;
    if (address) location.assign(address);
  },
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (document.querySelector("dialog[open]") || !(event.key in acts)) return;
  event.preventDefault();
  acts[event.key]();
});

// A menu closes when one goes elsewhere, or with Escape.
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// An act that is answered by a page of its own (signed out, refused, too fast) shows it; what is only looked for stays quiet.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 400 || detail.requestConfig.verb === "get") return;
  Object.assign(detail, { shouldSwap: true, target: document.body, swapOverride: "innerHTML" });
});

// An act that could not be sent says so where the page says what happened.
document.addEventListener("htmx:sendError", () => {
  const said = document.querySelector(".messages");
  if (said) said.replaceChildren(Object.assign(document.createElement("p"), { className: "notice problem", textContent: said.dataset.away }));
});

// What was sent has arrived: the copy kept on the device goes (drafts.js).
for (const { dataset } of document.querySelectorAll("[data-sent]")) {
  try {
    localStorage.removeItem(`draft:${dataset.sent}`);
  } catch {
    // Nothing was kept there.
  }
}

// After a refusal, the reader starts where it is told what to do.
document.querySelector(".form-errors")?.focus();
