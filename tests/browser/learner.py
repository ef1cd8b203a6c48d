"""What a learner does in JupyterLab, in a learner's words; the one place that knows JupyterLab's class names."""

import json
import re
import urllib.request
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

MODULE = "01-methamphetamine-pharmacology"
RUN_MS = 60_000  # a whole notebook on two busy cores


class Learner:
    """One person with one browser window."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        self.page = page
        self.address = address  # …/lab/tree/START.md?token=…
        self.folder = folder
        self.complaints: list[str] = []  # errors of the page's own scripts
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # --- moving about ------------------------------------------------------------------------------------------

    def open(self, path: str = "START.md") -> None:
        """Open a file as if nothing had been open before."""
        self.page.goto(self.address.replace("START.md?", f"{path}?reset&"))

    def start_page(self) -> Locator:
        return self.page.locator(".jp-MarkdownViewer .jp-RenderedMarkdown")

    def notebook(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")

    def open_notebook(self, name: str, module: str = MODULE) -> None:
        """Open lesson or exercises and wait for its kernel."""
        self.open(f"{module}/{name}.ipynb")
        self._idle()

    def menu(self, name: str, entry: str) -> None:
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    def save(self) -> None:
        """Press Ctrl+S until the tab shows no unsaved change; answer JupyterLab's "File Changed" as START advises."""
        self.page.keyboard.press("Control+s")
        unsaved = self.page.locator("#jp-main-dock-panel .lm-TabBar-tab.jp-mod-current.jp-mod-dirty")
        question = self.page.locator(".jp-Dialog").get_by_role("button", name="Overwrite")
        for _ in range(100):
            if question.count():
                question.click()
            if not unsaved.count():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the notebook could not be saved")

    def leave(self) -> None:
        """Close the window and end the kernels, as the end of a day does."""
        base, token = self.address.split("lab/tree/")[0], self.address.split("token=")[1]
        self.page.close()

        def call(path: str, method: str) -> bytes:
            request = urllib.request.Request(base + path, method=method, headers={"Authorization": f"token {token}"})
            with urllib.request.urlopen(request, timeout=30) as reply:
                return bytes(reply.read())

        for session in json.loads(call("api/sessions", "GET")):
            call(f"api/sessions/{session['id']}", "DELETE")

    # --- cells -------------------------------------------------------------------------------------------------

    def run_all(self) -> None:
        """Menu Run → Run All Cells, and wait for the last one."""
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')];
                const texts = prompts.map((prompt) => prompt.textContent.trim());
                return texts.some((text) => /[0-9]/.test(text)) && !texts.includes('[*]:');
            }""",
            timeout=RUN_MS,
        )
        self._idle()

    def cell(self, source: str, after: int = 0) -> Locator:
        """The one code cell that now holds `source`; `after=1` gives the code cell below it, its check."""
        cells = self.notebook().locator(".jp-CodeCell")
        found = [i for i, text in enumerate(cells.all_text_contents()) if source in text]
        assert len(found) == 1, f"{len(found)} cells hold {source!r}"
        return cells.nth(found[0] + after)

    def write(self, cell: Locator, code: str) -> Locator:
        """Replace what stands in a cell, with the keyboard, and return the cell."""
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)
        return cell

    def run(self, cell: Locator) -> None:
        """Click into a cell, press Shift+Enter, wait until it is done."""
        cell.scroll_into_view_if_needed()
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.text_content() or ""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(before, timeout=RUN_MS)
        expect(prompt).to_have_text(re.compile(r"^\[\d+\]:$"), timeout=RUN_MS)
        self._idle()

    def output(self, cell: Locator) -> str:
        """What a cell has put out, as text."""
        return cell.locator(".jp-OutputArea").first.text_content() or ""

    def errors(self) -> list[str]:
        """What looks like a fault to a learner: tracebacks and red boxes."""
        red = self.notebook().locator(
            '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
        )
        return red.all_text_contents()

    def simulator(self, name: str) -> Locator:
        """The live panel called `name`."""
        return self.notebook().locator(f'form.course-panel[data-testid="{name}"]')

    def validate(self) -> str:
        """Save, press Validate, read the dialog, close it."""
        self.save()
        self.page.get_by_role("button", name="Validate").first.click()
        dialog = self.page.locator(".jp-Dialog")
        expect(dialog).to_contain_text("Validation", timeout=RUN_MS)
        text = dialog.text_content() or ""
        dialog.get_by_role("button", name="Ok").click()
        expect(dialog).to_have_count(0)
        return text

    def _idle(self) -> None:
        expect(self.page.locator("#jp-bottom-panel")).to_contain_text("| Idle", timeout=RUN_MS)
