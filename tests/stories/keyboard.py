"""A person without a mouse: Tab, arrows, space and Enter, nothing else."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_TABS = 150
HERE = """() => {
    const on = document.activeElement, group = on.closest("fieldset");
    const label = [...(on.labels || [])].map(one => one.textContent).join(" ");
    const legend = group && group.querySelector("legend") ? group.querySelector("legend").textContent : "";
    return [legend, label, ["A", "BUTTON", "SUMMARY"].includes(on.tagName) ? on.textContent : ""].join(" ");
}"""


class Keyboard:
    """Goes on from where the focus is; a page begins at its top."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, *words: str) -> None:
        """Press Tab until the focus is on what has all these words (legend, label or own text)."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if all(word in self.page.evaluate(HERE) for word in words):
                return
        raise AssertionError(f"Tab never comes to {words} on {self.page.url}")

    def write(self, label: str, text: str) -> None:
        self.to(label)
        self.page.keyboard.type(text)

    def pick(self, label: str, text: str) -> None:
        """Down the list to the line with these words."""
        self.to(label)
        chosen = "() => document.activeElement.selectedOptions[0].textContent"
        for _ in range(MOST_TABS):
            if text in self.page.evaluate(chosen):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{text} is not a line of {label}")

    def tick(self, *words: str) -> None:
        """Mark a box, or the first answer of a question."""
        self.to(*words)
        self.page.keyboard.press("Space")

    def press(self, words: str) -> None:
        """Enter on a button or link, and wait for the next page."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
