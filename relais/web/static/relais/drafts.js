// Every form marked data-draft keeps its draft as one types: on the server, and on the device when the server cannot be reached.
const PAUSE = 800;
const LATEST = 4000;
const ARRIVES = 10000;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "sent_key", "file"]);

const written = (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
};

const fill = (form, fields) => {
  for (const element of form.elements) {
    if (!element.name || NOT_KEPT.has(element.name) || !(element.name in fields)) continue;
    const values = fields[element.name];
    if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
    else if (element.tagName !== "BUTTON") element.value = values[0];
  }
};

// What is kept here is what the server could not be given; with `until`, what it may not have been given yet.
const onDevice = (key) => ({
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept && (!kept.until || Date.now() < kept.until) ? kept.fields : null;
    } catch {
      return null;
    }
  },
  write(fields, until = 0) {
    const kept = {};
    for (const [name, value] of fields) if (!NOT_KEPT.has(name)) (kept[name] ??= []).push(value);
    try {
      localStorage.setItem(key, JSON.stringify({ until, fields: kept }));
    } catch {
      // A full or forbidden store: the page itself still holds the text.
    }
  },
  forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept there.
    }
  },
});

function keep(form) {
  const address = form.querySelector("[data-keep]").getAttribute("formaction");
  const said = form.querySelector("[data-draft-said]");
  const device = onDevice(`draft:${form.dataset.person}:${form.elements.place.value}`);
  let soon = 0;
  let since = 0;
  let dirty = false;
  let sent = false;

  const away = (fields) => {
    device.write(fields);
    said.textContent = said.dataset.away;
  };

  const send = async () => {
    clearTimeout(soon);
    since = 0;
    if (!dirty || sent) return;
    dirty = false;
    const fields = written(form);
    try {
      const answer = await fetch(address, { method: "POST", body: fields, headers: { "X-Draft": "1" }, redirect: "error" });
      if (sent) return;
      if (!answer.ok) return away(fields);
      said.textContent = await answer.text();
      device.forget();
    } catch {
      away(fields);
    }
  };

  form.addEventListener("input", () => {
    dirty = true;
    since ||= Date.now();
    clearTimeout(soon);
    soon = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LATEST - Date.now())));
  });

  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(soon);
    device.write(written(form)); // until a page says that it arrived (`data-sent`)
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) sent = false;
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !dirty || sent) return;
    dirty = false;
    const fields = written(form);
    const leaves = navigator.sendBeacon(address, fields);
    device.write(fields, leaves ? Date.now() + ARRIVES : 0); // the page may be opened again before the server has it
  });

  const left = device.read();
  if (left) {
    if (form.dataset.draft !== "POST") fill(form, left); // a form that comes back refused holds what was sent already
    form.dispatchEvent(new Event("input"));
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
