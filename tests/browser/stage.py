"""A page with one panel alone: a small stand-in for JupyterLab between Chromium and the real panel."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from course import simulators
from course.simulators.panel import Panel

HERE = Path(simulators.__file__).parent
# What anywidget gives the panel's script: get, set, save_changes, on and off; Python answers what is asked.
MODEL = """
async ({source, state}) => {
  const widget = (await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})))).default;
  const heard = [];
  const model = {
    get: (name) => state[name], set: (name, value) => (state[name] = value),
    on: (_, hear) => heard.push(hear), off: () => {},
    save_changes: async () => {
      const asked = state.asked;
      if (window.slow) await new Promise((resolve) => setTimeout(resolve, window.slow));
      state.shown = JSON.parse(await window.ask(JSON.stringify(asked)));
      for (const hear of heard) hear();
    },
  };
  const show = () => {
    const el = document.createElement("div");
    document.body.append(el);
    widget.render({model, el});
  };
  window.second = show;
  show();
}
"""


class Stage:
    """A page with one panel, and the questions it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[dict[str, Any]] = []

    def show(self, panel: Panel) -> None:
        def ask(question: str) -> str:
            panel.asked = json.loads(question)
            self.asked.append(panel.asked)
            return json.dumps(panel.shown)

        self.page.expose_function("ask", ask)
        self.page.set_content("<!doctype html><title>stage</title><body style='height:3000px'>")
        names = ("name", "title", "controls", "check", "gate", "asked", "shown")
        state = {name: getattr(panel, name) for name in names}
        self.page.add_style_tag(content=(HERE / "panel.css").read_text())
        self.page.evaluate(MODEL, {"source": Panel._esm, "state": state})

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.textContent"))
