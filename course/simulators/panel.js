// One accessible panel for every simulator and question. It knows no science: Python says which native controls to
// show ("controls") and what a set of values leads to ("shown"); this file only carries values there and answers back.

const NO_ANSWER_MS = 4000; // after this the learner is told that Python is silent, and the controls send again
const SETTLED_MS = 400; // a screen reader hears the reading once the control rests, not at every step of a drag

let panels = 0;

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function textOf(control, value) {
  if (control.texts) return control.texts[value];
  return [value.toFixed(control.decimals), control.unit].filter(Boolean).join(" ");
}

// Each builder returns { node, get, set }; `changed` is called when the learner moves something, `renewed` when the panel
// asks about something else from now on.
const builders = {
  range(control, id, changed) {
    const input = make("input", { type: "range", id, min: control.min, max: control.max, step: control.step });
    const output = make("span", { className: "course-value" }); // for the eye; aria-valuetext says the same
    output.setAttribute("aria-hidden", "true");
    const say = () => {
      output.textContent = textOf(control, Number(input.value));
      input.setAttribute("aria-valuetext", output.textContent);
    };
    input.addEventListener("input", () => (say(), changed()));
    const label = make("label", { htmlFor: id, textContent: control.label });
    const node = make("div", {}, make("div", { className: "course-name" }, label, output), input);
    return { node, get: () => Number(input.value), set: (value) => ((input.value = value), say()) };
  },

  select(control, id, changed, renewed) {
    const options = Object.fromEntries(
      control.options.map(([value, text]) => [value, make("option", { value, textContent: text })]));
    const groups = control.groups.map(([label, keys]) => make("optgroup", { label }, ...keys.map((key) => options[key])));
    const input = make("select", { id }, ...(groups.length ? groups : Object.values(options)));
    const label = make("label", { htmlFor: id, textContent: control.label });
    const node = make("div", {}, make("div", { className: "course-name" }, label), input);
    const asks = Object.keys(control.details).length > 0;
    const detail = make("p", { id: `${id}-detail`, className: "course-detail" });
    if (asks) {
      node.append(detail);
      node.classList.add("course-wide");
      input.setAttribute("aria-describedby", detail.id);
    }
    const say = () => (detail.textContent = control.details[input.value] ?? "");
    input.addEventListener("change", () => (say(), asks && renewed(), changed()));
    return { node, get: () => input.value, set: (value) => ((input.value = value), say()) };
  },

  radio(control, id, changed) {
    const inputs = control.options.map(([value], i) =>
      make("input", { type: "radio", name: id, id: `${id}-${i}`, value, onchange: changed }));
    const rows = control.options.map(([, text], i) =>
      make("label", { htmlFor: inputs[i].id, className: "course-option" }, inputs[i], make("span", { innerHTML: text })));
    const node = make("fieldset", {}, make("legend", { innerHTML: control.label }), ...rows);
    return {
      node,
      get: () => inputs.find((input) => input.checked)?.value ?? "",
      set: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    };
  },

  number(control, id) {
    const input = make("input", { type: "text", inputMode: "decimal", id, size: 10, autocomplete: "off" });
    const label = make("label", { htmlFor: id, textContent: control.label });
    const node = make("div", { className: "course-number" }, label, input, make("span", { textContent: control.unit }));
    return { node, get: () => input.value, set: (value) => (input.value = value) };
  },

  text(control, id, changed) {
    const input = make("textarea", { id, rows: control.rows, spellcheck: false, autocomplete: "off" });
    input.addEventListener("input", changed);
    const label = make("label", { htmlFor: id, textContent: control.label });
    const node = make("div", { className: "course-text" }, make("div", { className: "course-name" }, label), input);
    // JupyterLab takes Ctrl+Z for itself, and from the press of Ctrl on; whoever edits a text here needs it.
    input.addEventListener("keydown", (event) => ["s", "Enter"].includes(event.key) || event.stopPropagation());
    return { node, get: () => input.value, set: (value) => (input.value = value) };
  },

  // Each press adds a key to the list and waits for the answer, which says what can be pressed next: a second press in
  // the meantime only asks again. Buttons stay where they are and change their text, so that the focus stays, too.
  presses(control, id, changed) {
    let keys = [], buttons = [], waiting = false;
    const label = make("div", { id: `${id}-label`, className: "course-name", textContent: control.label });
    const row = make("div", { className: "course-row" });
    const node = make("div", { className: "course-wide" }, label, row);
    node.setAttribute("role", "group");
    node.setAttribute("aria-labelledby", label.id);
    const press = (button) => {
      if (!waiting) keys = [...keys, button.dataset.key];
      waiting = true;
      changed();
    };
    const offer = (offers) => {
      if (!offers && waiting) keys = keys.slice(0, -1); // the last step was refused
      waiting = false;
      if (!offers) return;
      const focused = buttons.includes(document.activeElement);
      for (const button of buttons.splice(offers.length)) button.remove();
      offers.forEach(([key, text], i) => {
        if (!buttons[i]) {
          const button = make("button", { type: "button" });
          button.addEventListener("click", () => press(button));
          row.append((buttons[i] = button));
        }
        buttons[i].dataset.key = key;
        buttons[i].textContent = text;
      });
      node.hidden = !buttons.length;
      if (focused && !buttons.includes(document.activeElement)) buttons.at(-1)?.focus();
      return focused && !buttons.length;
    };
    const arrow = (key) => {
      const button = control.arrows && { ArrowLeft: buttons[0], ArrowRight: buttons.at(-1) }[key];
      if (button) press(button);
      return Boolean(button);
    };
    return { node, get: () => keys, set: (value) => ([keys, waiting] = [[...value], false]), offer, arrow };
  },

  timed, // of timed.js, which is loaded with this file
};

function render({ model, el }) {
  const prefix = `course-panel-${++panels}`;
  const parts = {};
  const root = make("form", { className: "course-panel", onsubmit: (event) => event.preventDefault() });
  root.setAttribute("aria-label", model.get("title"));
  root.dataset.testid = model.get("name");
  // JupyterLab takes arrow keys, Home, End and letters for itself (ArrowLeft folds a section); the controls need them.
  // Its shortcuts with Ctrl, Alt or Cmd (save, run) still work from here.
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.repeat || event.target.matches("input, select, textarea")) return;
    if (Object.values(parts).some((part) => part.arrow?.(event.key))) event.preventDefault(); // and do not scroll
  });

  // One question to Python at a time, and always the newest: a long drag never queues up old pictures.
  let turn = 0, waiting = false, stale = false, silence;
  const send = () => {
    if (waiting) return void (stale = true);
    [waiting, stale, turn] = [true, false, turn + 1];
    model.set("asked", { values: Object.fromEntries(Object.entries(parts).map(([k, p]) => [k, p.get()])), turn });
    model.save_changes();
    silence = setTimeout(() => {
      waiting = false;
      notice.textContent = "Python has not answered: run this cell again, or see whether the kernel is busy.";
    }, NO_ANSWER_MS);
  };
  const checked = model.get("check") !== "";
  const changed = () => (checked ? undefined : send());

  const controls = make("div", { className: "course-controls" });
  // Another question is asked: the other controls go back, and what was said of the last one goes.
  const renewed = (asking) => {
    for (const control of model.get("controls")) if (control.name !== asking) parts[control.name].set(control.value);
    reading.innerHTML = below.innerHTML = "";
  };
  for (const control of model.get("controls")) {
    const part = builders[control.kind](control, `${prefix}-${control.name}`, changed, () => renewed(control.name));
    part.node.dataset.control = control.name;
    part.set(model.get("asked").values?.[control.name] ?? control.value); // a second view shows what the first was asked
    parts[control.name] = part;
    controls.append(part.node);
  }
  if (checked) {
    controls.append(make("button", { type: "submit", className: "course-check", textContent: model.get("check") }));
    root.addEventListener("submit", send);
  }

  const image = make("img", { className: "course-image", alt: "" });
  const caption = make("p", { className: "course-caption" });
  const reading = make("div", { className: "course-reading" });
  reading.setAttribute("aria-hidden", "true");
  const spoken = make("div", { className: "course-spoken" });
  spoken.setAttribute("role", "status");
  spoken.setAttribute("aria-live", "polite");
  const notice = make("p", { className: "course-notice" });
  notice.setAttribute("role", "status");
  const below = make("div", { className: "course-below" });
  const table = make("div", { className: "course-table" });
  const data = make("details", { className: "course-data" },
    make("summary", { textContent: "The data of this picture as a table" }), table);
  const line = make("input", { type: "text", readOnly: true, id: `${prefix}-keep`, onfocus: () => line.select() });
  const copy = make("button", { type: "button", textContent: "Copy" });
  copy.addEventListener("click", () => {
    line.focus();
    document.execCommand("copy"); // works where the newer way is not allowed, and the line is selected in any case
    notice.textContent = "Copied: paste it into a cell and run that.";
  });
  const keep = make("div", { className: "course-keep", hidden: true },
    make("label", { htmlFor: line.id, textContent: "To keep your choices, put this line into a cell:" }), line, copy);
  const body = make("div", { className: "course-body" },
    controls, image, reading, spoken, notice, below, keep, caption, data);

  let settled;
  const speak = () => (spoken.innerHTML = reading.innerHTML);
  const show = () => {
    const shown = model.get("shown");
    image.hidden = caption.hidden = data.hidden = !shown.src;
    if (shown.src) Object.assign(image, { src: shown.src, alt: shown.alt });
    caption.innerHTML = shown.caption ?? "";
    below.innerHTML = shown.below ?? "";
    table.innerHTML = shown.table ?? "";
    reading.innerHTML = shown.reading ?? "";
    keep.hidden = !shown.keep;
    line.value = shown.keep ?? "";
    for (const part of Object.values(parts)) if (part.offer?.(shown.offers)) line.focus(); // nothing left to press
    root.dataset.turn = shown.turn;
  };
  const answered = () => {
    clearTimeout(silence);
    waiting = false;
    notice.textContent = "";
    show();
    clearTimeout(settled);
    settled = setTimeout(speak, SETTLED_MS);
    if (stale) send();
  };
  model.on("change:shown", answered);

  const gate = model.get("gate");
  if (gate) {
    const open = make("button", { type: "button", textContent: "Open without a prediction" });
    const door = make("div", { className: "course-gate" }, make("p", { textContent: gate }), open);
    open.addEventListener("click", () => {
      door.remove();
      body.hidden = false;
      controls.querySelector("input, select, textarea, button:enabled")?.focus();
    });
    body.hidden = true;
    root.append(door);
  }
  root.append(body);
  show();
  speak(); // before the page sees it, so that opening a lesson does not read out every panel
  el.append(root);
  return () => {
    for (const part of Object.values(parts)) part.leave?.();
    clearTimeout(silence);
    clearTimeout(settled);
    model.off("change:shown", answered);
  };
}

export default { render };
