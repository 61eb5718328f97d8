"""What a person does at a desk: sits down, opens a page, reads, types, clicks, takes a picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Locator, Page

from anwang.foundation import clock

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def taipei(text: str) -> datetime:
    """`2026-04-21 23:40` on a wall clock in Taipei."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


@dataclass(frozen=True)
class Desk:
    """One browser; whoever sits at it is logged in. The site's clock ticks on from when he sat down."""

    live: str
    page: Page
    log_in: Callable[[Page, str], None]
    pictures: Path

    def sit(self, worker: str, at: str, path: str) -> None:
        """A worker of `county.yaml` sits down at a time and opens a page."""
        clock.set_offset(taipei(at) - datetime.now(UTC))
        self.page.context.clear_cookies()
        self.log_in(self.page, worker)
        self.page.set_viewport_size(WIDE)
        self.open(path)

    def open(self, path: str) -> None:
        """Open a page of the site; it must not be a refusal."""
        answer = self.page.goto(self.live + path)
        assert answer is not None
        assert answer.ok, f"{answer.status} {path}: {self.text()[:300]}"

    def text(self) -> str:
        """What stands on the page for whoever looks at it."""
        return self.page.inner_text("main")

    def sees(self, *sentences: str) -> None:
        """Every sentence is on the page."""
        shown = self.text()
        missing = [words for words in sentences if words not in shown]
        assert not missing, f"{missing} not on {self.page.url}:\n{shown}"

    def part(self, selector: str, words: str = "") -> Locator:
        """The first part of the page that fits and has these words."""
        return self.page.locator(selector, has_text=words).first

    def click(self, name: str, within: Locator | None = None) -> None:
        """Press the first button or link with these words, in that part of the page, and wait for the next page."""
        part = within or self.page.locator("body")
        part.get_by_role("button", name=name).or_(part.get_by_role("link", name=name)).first.click()
        self.page.wait_for_load_state()

    def unfold(self, words: str, within: Locator | None = None) -> Locator:
        """Open what is folded under these words and give its part of the page."""
        part = within or self.page.locator("body")
        folded = part.locator("details").filter(has=self.page.locator("summary", has_text=words)).first
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()
        return folded

    def fill(self, label: str, value: str, within: Locator | None = None) -> None:
        """Type into the box with this label."""
        (within or self.page.locator("main")).get_by_label(label).first.fill(value)

    def pick(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose the line of a list that has these words."""
        box = (within or self.page.locator("main")).get_by_label(label).first
        line = box.locator("option", has_text=option).first
        box.select_option(value=line.get_attribute("value"))

    def choose(self, question: str, *answers: str, within: Locator | None = None) -> None:
        """Mark answers below a question."""
        group = (within or self.page.locator("main")).get_by_role("group", name=question).first
        for answer in answers:
            group.locator("label.choice").filter(has_text=re.compile(f"^\\s*{re.escape(answer)}")).first.check()

    def answer(self, part: str, person: str, answers: dict[str, str]) -> None:
        """Answer the questions about a person, and ask for the advice."""
        asked = self.part(part, person)
        for question, answer in answers.items():
            asked.get_by_role("radiogroup", name=question).get_by_label(answer, exact=True).check()
        self.click(f"記下{person}的回答，看建議", asked)

    def when(self, question: str, day: str, time: str, within: Locator | None = None) -> None:
        """A day and a time below a question."""
        group = (within or self.page.locator("main")).get_by_role("group", name=question).first
        group.locator("input.date").fill(day)
        group.locator("input.clock").fill(time)

    def picture(self, name: str, top: str = "") -> None:
        """Keep what is on the screen as `name`.png, with the part `top` first."""
        self.page.evaluate("top => top ? document.querySelector(top).scrollIntoView() : scrollTo(0, 0)", top)
        self.page.screenshot(path=self.pictures / f"{name}.png")
