"""What a line is where the paper stands: the next section, point or speaker, or none of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .agenda import rules
from .block import Block
from .head import is_field
from .keywords import ANEW, ARTICLE, KEYWORDS, SECTION, STATED
from .lines import Line, is_over, squeezed
from .marks import PLAIN, Mark, Numbering, mark_of
from .openings import AGENDA, FORUM, is_heading, style_of_sections
from .speakers import named, speaks, speech

_COLUMN = re.compile(
    r"(?:主辦|主責|辦理|執行|權責|承辦)(?:單位|機關)|(?:辦理|執行)(?:情形|進度)|列管(?:情形|建議|與否)|備註|案由|編號|項次"
)
"""A column of a table whose cells became lines."""


class Standing:
    """The lines, the blocks found so far, and which section, point, speaker and number stand open."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found: list[Block] = []
        self.style = style_of_sections(self.lines)
        self.section = self.speaker = self.items = self.top = 0
        self.item_style = ""
        self.title = ""
        self.within = "head"
        self.numbering = Numbering()
        self.spoken: Mark | None = None
        self.is_headed = False
        self.named: Block | None = None

    def _heads_items(self, place: int, mark: Mark) -> bool:
        """Whether 一、縣政府提案 only stands above points that are counted anew: 第1號案."""
        following = self.lines[place + 1].plain if place + 1 < len(self.lines) else ""
        return mark.style in ("han", "paren") and bool(ANEW.match(following))

    def _is_looked_over(self, place: int, rest: str) -> bool:
        """Whether 審查意見 is what a committee proposed, since the assembly decides below it."""
        if not squeezed(rest).startswith("審查意見"):
            return False
        for line in self.lines[place + 1 :]:
            found = mark_of(line.text)
            kind = self._keyword(found[1] if found else line.text)[0]
            if kind == "decide":
                return not squeezed(line.plain).startswith(("附帶", "審查意見"))
            if kind == "item" or (found and found[0].style == self.style):
                return False
        return False

    def _keyword(self, rest: str) -> tuple[str | None, str | None, str]:
        plain = rest.translate(PLAIN)
        if ARTICLE.match(plain) and not (is_over(self._last()) and self.within in ("item", "decide", "explain")):
            return None, None, rest
        for kind, pattern in KEYWORDS.items():
            if (kind in ("response", "chair")) and not FORUM.search(self.title):
                continue
            if (found := pattern.match(plain)) and not (kind == "item" and STATED.match(plain[found.end() :])):
                label = next((one for one in found.groups() if one), None)
                kind = "aside" if kind == "speeches" and FORUM.search(self.title) else kind
                return kind, squeezed(label) if label else None, rest[found.end() :].strip()
        return None, None, rest

    def _opens_section(self, mark: Mark, rest: str) -> bool:
        if mark.style != self.style:
            return False
        if self.style == "han" and not SECTION.search(rest[:14]):
            return self._counts_on(mark, rest)
        if self.style == "han" and not self.section:
            return not is_field(rest)
        return mark.number == self.section + 1 or (mark.number > self.section and is_over(self._last()))

    def _counts_on(self, mark: Mark, rest: str) -> bool:
        """Whether a heading of no known name is the next of the numbered ones, and of no other list."""
        before = max(self.section, self.top)
        if self._speaks_on(mark) and speech(rest, is_office_enough=True, is_alone_enough=self.is_headed):
            return False
        if not before or mark.number != before + 1 or not is_heading(rest):
            return False
        is_listed = any(one.style == mark.style and one.number == mark.number - 1 for one in self.numbering.open)
        return not is_listed and not (self.item_style == mark.style and self.items == mark.number - 1)

    def _names_speaker(self, mark: Mark | None, rest: str) -> bool:
        if not FORUM.search(self.title) and "結論" not in self.title:
            return False
        if mark and mark.style == "han":
            return mark.number == self.speaker + 1 and speaks(named(rest)[0])
        if mark is None:
            return self.within in ("response", "section") and speaks(rest) and not self._has_begun()
        return mark.style == "paren" and self.within in ("response", "responder") and speaks(rest)

    def _is_column(self, place: int, line: Line) -> bool:
        """Whether 決議 without a colon is the name of a column, since another one stands before or behind it."""
        beside = [*self.lines[max(place - 1, 0) : place], *self.lines[place + 1 : place + 2]]
        return line.plain[-1:] != ":" and any(_COLUMN.fullmatch(squeezed(one.plain)) for one in beside)

    # Who speaks on a point.

    def _speech(self, place: int, mark: Mark | None, rest: str) -> tuple[str, str] | None:
        """Who speaks on the point that is dealt with, and what he says on the same line."""
        if FORUM.search(self.title) or self.within not in ("item", "explain", "aside", "speech", "section"):
            return None
        if not (is_over(self._last()) or self.found[-1].kind in ("item", "unit", "speech", "speeches", "section")):
            return None
        if mark and not (mark.number == 1 and self.spoken is None) and not self._speaks_on(mark):
            return None
        if self.within == "section" and (mark or not self._is_decided(place)):
            return None
        is_told = self.within in ("item", "speech", "section") and (mark is None or self.within == "speech")
        is_alone = self.within == "speech" and self.is_headed and (mark is not None or self.spoken is None)
        return speech(rest, is_office_enough=is_told, is_alone_enough=is_alone)

    def _speaks_on(self, mark: Mark) -> bool:
        """Whether a mark goes on in the count of those who speak."""
        spoken = self.spoken if self.within == "speech" else None
        return bool(spoken and mark.style == spoken.style and mark.number == spoken.number + 1)

    def _is_decided(self, place: int) -> bool:
        """Whether a section that names no point decides: 臨時動議 with speeches and a ruling."""
        if not AGENDA.search(self.title) or self.items:
            return False
        for line in self.lines[place + 1 :]:
            found = mark_of(line.text)
            if found and found[0].style == self.style:
                return False
            kind = self._keyword(found[1] if found else line.text)[0]
            if kind in ("decide", "item"):
                return kind == "decide"
        return False

    def _has_begun(self) -> bool:
        """Whether an answer says something already, so that this line only goes on."""
        last = self.found[-1]
        return bool(last.words) and last.kind != "section"

    def _is_item(self, place: int, mark: Mark, rest: str) -> bool:
        """Whether 一、 begins a point of the agenda: papers without 案由 number them so."""
        if (
            mark.style not in ("han", "paren", "number")
            or mark.number != self.items + 1
            or self.found[-1].kind == "passed"
        ):
            return False
        if FORUM.search(self.title) and "建議事項" not in self.title:
            return False
        if self.item_style and mark.style != self.item_style:
            return False
        if not self.items and self.within == "decide" and self.numbering.open:
            return False
        if mark.style == "number" and not (self.item_style or self.within == "section"):
            return False
        if not AGENDA.search(self.title) or any(
            block.kind == "item" and not block.mark for block in self._of_section()
        ):
            return False
        if any(one.style == mark.style for one in self.numbering.open) and self.within == "decide":
            return self._decided_before(place, mark)
        if mark.style == "number":
            return self._decided_before(place, mark)
        return self.within in ("section", "item") or self._decided_before(place, mark)

    def _rules_itself(self, mark: Mark, rest: str) -> bool:
        """Whether the next of the points about earlier decisions says at once how its case goes on."""
        is_next = mark.style == self.item_style and mark.number == self.items + 1
        is_point = any(one.style == mark.style for one in self.numbering.open)
        is_behind = self.within == "decide" and is_over(self._last()) and not is_point
        return is_next and is_behind and rules(self.title, rest)

    def _names_points(self, place: int, line: Line) -> bool:
        """Whether a line without a number names the points under it, which are decided together.

        Then the points are its explanation and no points of the agenda.
        """
        is_first = self.within == "section" and not self.items and AGENDA.search(self.title)
        if not is_first or line.plain[-1:] != ":" or not is_heading(line.text):
            return False
        marks = [mark_of(one.text) for one in self.lines[place + 1 :]]
        if not marks or not marks[0] or marks[0][0].number != 1:
            return False
        said = []
        for found, one in zip(marks, self.lines[place + 1 :], strict=True):
            if found and self._opens_section(*found):
                break
            kind = self._keyword(found[1] if found else one.text)[0]
            if kind in ("decide", "item", "explain"):
                said.append("decide" if kind == "decide" and not found else "other")
            elif found and found[0].style == marks[0][0].style:
                said.append("point")
        return said.count("point") > 1 and said == ["point"] * (len(said) - 1) + ["decide"]

    def _decided_before(self, place: int, mark: Mark) -> bool:
        """Whether a decision or explanation comes before the next mark of this style."""
        for line in self.lines[place + 1 :]:
            found = mark_of(line.text)
            if found and (found[0].style == mark.style or found[0].style == self.style):
                return False
            kind = self._keyword(found[1] if found else line.text)[0]
            if kind in ("decide", "explain") or (kind == "unit" and self.within != "decide"):
                return True
        return False

    def _of_section(self) -> list[Block]:
        last = max((place for place, block in enumerate(self.found) if block.kind == "section"), default=0)
        return self.found[last:]

    def _is_open(self) -> bool:
        """Whether a point of the agenda waits for what is decided on it."""
        return bool(self.items) and self.within in ("item", "explain", "aside", "speech")

    def _waits_for_title(self) -> Block | None:
        """The point that was only counted so far, as 案號：3 or 第三案 on a line of its own: 案由 names it."""
        last = next((block for block in reversed(self.found) if block.kind not in ("unit", "aside")), None)
        if last and last.kind == "item" and (not last.words or (last.words.isdigit() and len(last.words) <= 3)):
            return last
        return None

    def _last(self) -> str:
        return self.found[-1].words if self.found else ""
