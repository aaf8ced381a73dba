// The rich editor: fetched only when somebody starts to write; without it the plain field does.
const CHAIN = {
  bold: (chain) => chain.toggleBold(),
  heading: (chain) => chain.toggleHeading({ level: 2 }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  undo: (chain) => chain.undo(),
};

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

const paragraphs = (text) =>
  text
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((part) => `<p>${escaped(part).replace(/\n/g, "<br>")}</p>`)
    .join("");

function firstContent(box, textarea, format) {
  if (format.value === "html") return textarea.value;
  if (box.dataset.html && textarea.value === textarea.defaultValue) return box.dataset.html;
  return paragraphs(textarea.value);
}

function extensions(m) {
  return [
    m.Document, m.Paragraph, m.Text, m.HardBreak, m.Bold, m.Italic, m.Strike, m.BulletList, m.OrderedList, m.ListItem, m.Blockquote,
    m.Heading.configure({ levels: [2, 3, 4] }), m.Link.configure({ enableTarget: false }), m.Image.configure({ inline: false }),
    m.Table, m.TableRow, m.TableHeader, m.TableCell, m.History, m.Gapcursor, m.Dropcursor,
  ].filter(Boolean);
}

async function join(box, editor, file) {
  const said = box.querySelector("[data-joined]");
  const picture = file.type.startsWith("image/");
  const limit = picture ? 10 : 50;
  if (file.size > limit * 2 ** 20) {
    said.textContent = box.dataset.heavy.replace("{size}", Math.ceil(file.size / 2 ** 20)).replace("{limit}", limit);
    return;
  }
  const fields = new FormData();
  fields.append("csrfmiddlewaretoken", box.closest("form").elements.csrfmiddlewaretoken.value);
  fields.append("file", file);
  said.textContent = `${file.name}…`;
  try {
    const answer = await fetch(box.dataset.join, { method: "POST", body: fields });
    const joined = await answer.json();
    said.textContent = joined.message ?? joined.name;
    if (joined.message) return;
    const shown = joined.width
      ? { type: "image", attrs: { src: joined.url, alt: joined.name, width: joined.width, height: joined.height } }
      : { type: "text", text: joined.name, marks: [{ type: "link", attrs: { href: joined.url } }] };
    editor.chain().focus().insertContent([shown, { type: "paragraph" }].slice(0, joined.width ? 2 : 1)).run();
  } catch {
    said.textContent = box.dataset.failed;
  }
}

function wire(box, bar, editor, file) {
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do !== "link") return CHAIN[button.dataset.do](editor.chain().focus()).run();
    const href = prompt(button.dataset.ask, editor.getAttributes("link").href ?? "https://");
    if (href === null) return;
    const chain = editor.chain().focus().extendMarkRange("link");
    (href && href !== "https://" ? chain.setLink({ href }) : chain.unsetLink()).run();
  });
  const show = () => {
    for (const button of bar.querySelectorAll("[data-do]")) {
      if (button.dataset.do !== "undo") button.setAttribute("aria-pressed", editor.isActive(button.dataset.do));
    }
  };
  editor.on("transaction", show);
  show();
  file?.addEventListener("change", async () => {
    const chosen = file.files[0];
    file.value = "";
    if (chosen) await join(box, editor, chosen);
  });
}

async function open(box) {
  if (box.dataset.opened) return;
  box.dataset.opened = "1";
  const textarea = box.querySelector("textarea");
  const form = box.closest("form");
  const hadFocus = () => document.activeElement === textarea;
  const module = await import(box.dataset.editor).catch(() => null);
  if (!module) return;
  const format = form.elements.body_format;
  const place = document.createElement("div");
  place.className = "editor-place";
  textarea.before(place);
  const focus = hadFocus();
  const files = (list) => [...(list ?? [])];
  const editor = new module.Editor({
    element: place,
    injectCSS: false,
    extensions: extensions(module),
    content: firstContent(box, textarea, format),
    autofocus: focus ? "end" : false,
    editorProps: {
      attributes: {
        role: "textbox",
        class: "prose",
        "aria-multiline": "true",
        "aria-label": form.querySelector(`label[for="${textarea.id}"]`)?.firstChild.textContent.trim() ?? "",
        "aria-describedby": textarea.getAttribute("aria-describedby") ?? "",
      },
      transformPastedHTML: (html) => html.replace(/\sstyle=("[^"]*"|'[^']*')/gi, ""), // the browser would refuse them one by one
      handlePaste: (_view, event) => {
        const pasted = files(event.clipboardData?.files);
        if (!pasted.length || event.clipboardData.getData("text/html")) return false;
        pasted.forEach((file) => join(box, editor, file));
        return true;
      },
      handleDrop: (_view, event) => {
        const dropped = files(event.dataTransfer?.files);
        if (!dropped.length) return false;
        event.preventDefault();
        dropped.forEach((file) => join(box, editor, file));
        return true;
      },
    },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      format.value = "html";
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  textarea.hidden = true;
  const bar = box.querySelector(".editor-bar");
  place.before(bar);
  bar.hidden = false;
  wire(box, bar, editor, box.querySelector("input[type=file]"));
}

for (const box of document.querySelectorAll("[data-editor]")) {
  const textarea = box.querySelector("textarea");
  textarea.addEventListener("focus", () => open(box), { once: true });
  if (document.activeElement === textarea || box.closest("form").elements.body_format.value === "html") open(box);
  else if (box.dataset.html) {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      open(box);
    }).observe(box);
  }
}
