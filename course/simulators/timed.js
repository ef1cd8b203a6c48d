// A task against the clock, for panel.js: signs to answer with one of two keys, and now and then a second sign that says
// not to. All times are measured here; Python gets the record at a break, as one word a trial: key and milliseconds, or
// "-" for no press, and with a second sign "@" and when it came.

function timed(control, id, changed) {
  const label = make("div", { id: `${id}-label`, className: "course-name", textContent: control.label });
  const stage = make("div", { className: "course-stage" });
  stage.setAttribute("aria-hidden", "true"); // a sign cannot be spoken in time; the made-up run is the other way
  const sides = control.signs.map(([key, text]) => make("button", { type: "button", textContent: text, disabled: true }));
  const lead = make("button", { type: "button" });
  const instead = make("button", { type: "button", textContent: "Use a made-up run instead" });
  const status = make("p", { className: "course-trial" });
  status.setAttribute("role", "status");
  const node = make("div", { className: "course-wide" },
    label, stage, make("div", { className: "course-row" }, ...sides), status, make("div", { className: "course-row" }, lead, instead));
  node.setAttribute("role", "group");
  node.setAttribute("aria-labelledby", label.id);

  const { first, step, least, most } = control.delay;
  const total = control.trials.length;
  let words = [], running = false, onset = null, timers = [], frame = 0, done = false;

  const paint = (text, second = false) => {
    stage.textContent = text;
    stage.classList.toggle("course-second", second);
  };
  // The second sign comes later after each success and earlier after each press, whatever was played before a pause.
  const delay = () => words.filter((word) => word.includes("@")).reduce((at, word) =>
    Math.min(most, Math.max(least, at + (word.startsWith("-") ? step : -step))), first);
  const later = (ms, act) => timers.push(setTimeout(act, ms));
  const stop = () => {
    timers.splice(0).forEach(clearTimeout);
    cancelAnimationFrame(frame);
    onset = null;
  };
  const say = (text) => {
    lead.textContent = running ? "Pause (Escape)" : words.length === total ? "Play from the start" :
      words.length ? "Go on" : "Start";
    instead.hidden = running;
    sides.forEach((button) => (button.disabled = !running));
    status.textContent = text;
  };
  const rest = (text) => {
    stop();
    running = false;
    paint("");
    say(text);
    changed();
  };
  const end = (word) => {
    const [, second] = control.trials[words.length];
    words.push(second ? `${word}@${delay()}` : word);
    stop();
    paint(word === "-" && !second ? "too slow" : "");
    if (words.length === total) return (done = true), rest(`All ${total} trials are done.`);
    if (words.length % control.block === 0) return rest(`Break: ${words.length} of ${total} trials are done. Go on when you like.`);
    later(control.gap_ms, next);
  };
  const next = () => {
    const [sign, second, wait] = control.trials[words.length];
    paint("+");
    later(wait, () => (frame = requestAnimationFrame(() => {
      paint(control.signs[sign][1]);
      frame = requestAnimationFrame(() => { // the sign is on the screen now
        onset = performance.now();
        if (second) later(delay(), () => paint(control.second, true));
        later(control.window_ms, () => end("-"));
      });
    })));
  };
  const press = (key) => {
    if (onset !== null) end(key + Math.max(1, Math.round(performance.now() - onset)));
  };
  const pause = () => running && rest(`Paused after ${words.length} of ${total} trials. The trial that was broken off comes again.`);
  const away = () => document.hidden && pause();

  sides.forEach((button, i) => {
    button.addEventListener("pointerdown", () => press(control.signs[i][0])); // a click would count the letting go, too
    button.addEventListener("click", (event) => event.detail === 0 && press(control.signs[i][0])); // from the keyboard
  });
  lead.addEventListener("click", () => {
    if (running) return pause();
    if (words.length === total) words = [];
    running = true;
    say("");
    next();
  });
  instead.addEventListener("click", () => {
    words = control.example.split(" ");
    done = true;
    rest("A made-up run is shown. Nothing of it is yours.");
  });
  document.addEventListener("visibilitychange", away);
  return {
    node,
    get: () => words.join(" "),
    set: (value) => {
      words = value.split(" ").filter(Boolean);
      say(words.length ? `${words.length} of ${total} trials are done.` : "");
    },
    offer: () => done && !(done = false), // once, when all is done: the line to keep gets the focus
    arrow: (key) => {
      const side = { ArrowLeft: 0, ArrowRight: 1 }[key];
      if (!running || (side === undefined && key !== "Escape")) return false;
      side === undefined ? pause() : press(control.signs[side][0]);
      return true;
    },
    leave: () => (stop(), document.removeEventListener("visibilitychange", away)),
  };
}
