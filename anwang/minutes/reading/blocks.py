"""Printed lines as blocks: a section, an item, a speaker, a point, each with the lines a hard break cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .block import Block, named, speaks
from .head import is_field
from .keywords import ANEW, ARTICLE, KEYWORDS, SECTION, STATED, apart
from .lines import Line, is_over, squeezed
from .marks import PLAIN, Mark, Numbering, mark_of, value
from .openings import AGENDA, BARE, ENDS, FORUM, OVER, PAUSE, is_heading, style_of_sections

_SAYS = re.compile(r"[\u4e00-\u9fff○]{2,16}(?:\([^()]{1,10}\))?:")
"""Who speaks in front of what he says."""
_OFFICE_SAYS = re.compile(r"[\u4e00-\u9fff]{1,10}(?:局|處|署|司|部|委員|中心)[○]*(?:回應|說明)?:")
_COLUMNS = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
"""What stands between the cells of a table that became text."""


def _is_told(item: Block, line: Line) -> bool:
    """Whether the title of an item is over, so that the next line says something else."""
    is_whole = item.words[-1:] == "。" or (item.lines and item.lines[-1].raw.lstrip().startswith("#"))
    return bool(item.kind == "item" and is_whole and not re.match(r"[(]\s*(?:報告|提案|說明|主辦)", line.plain))


class Blocks:
    """Goes through the lines once and lays each into a block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [one for line in lines for one in apart(line)]
        self.found: list[Block] = []
        self.style = style_of_sections(self.lines)
        self.section = self.speaker = self.items = self.top = 0
        self.item_style = ""
        self.title = ""
        self.within = "head"
        self.numbering = Numbering()
        for place, line in enumerate(self.lines):
            self._lay(place, line)

    # One line.

    def _lay(self, place: int, line: Line) -> None:
        found = mark_of(line.text)
        mark, rest = found if found else (None, line.text)
        kind, label, words = self._keyword(rest)
        if mark and self._opens_section(mark, rest):
            self._begin_section(line, rest, mark)
        elif self.section and (OVER.match(line.plain) or (self.style != "bare" and ENDS.match(line.plain))):
            self._open("adjourn", line, line.text)
        elif self.section and PAUSE.match(line.plain):
            self.found.append(Block("pause", line.number, parts=[line.text], lines=[line]))
        elif self.style == "bare" and BARE.match(squeezed(line.plain)) and not (kind == "decide" and self._is_open()):
            self._begin_section(line, squeezed(line.text), None)
        elif not self.section and kind == "decide" and self.style == "bare":
            self._begin_section(line, squeezed(line.text) if not words else line.text, mark)
        elif not self.section:
            self.top += mark is not None and mark.style == self.style and mark.number == self.top + 1
            self._open("head", line, line.text)
        elif kind == "item" and not label and (waiting := self._waits_for_title()):
            waiting.label = waiting.label or waiting.words
            waiting.parts, self.within = [words], kind
            waiting.lines.append(line)
        elif kind == "passed":
            self._pass(place, line, words)
        elif mark and is_heading(rest) and self._heads_items(place, mark):
            self._open("heading", line, rest, mark=mark, label=mark.label)
            self.within, self.items, self.item_style = "section", 0, ""
        elif kind == "decide" and self._is_looked_over(place, rest):
            self._open("aside", line, words, mark=mark)
            self.within = "aside"
        elif kind == "unit" and self.within == "decide":
            self.found.append(Block(kind, line.number, parts=[line.text], lines=[line]))
        elif kind:
            label = label or (mark.label if mark and kind == "item" else None)
            self._open(kind, line, words, mark=mark, label=label)
            self.items += kind == "item"
            self.item_style = mark.style if mark and kind == "item" else self.item_style
            self.within = kind
        elif self._names_speaker(mark, rest):
            self._speaker(line, mark, rest)
        elif mark and self._is_item(place, mark, rest):
            self._open("item", line, rest, mark=mark, label=mark.label)
            self.items, self.within, self.item_style = mark.number, "item", mark.style
        elif mark and self.numbering.follows(mark, is_over(self._last())):
            self._point(line, mark, rest)
        else:
            self._go_on(line)

    def _pass(self, place: int, line: Line, words: str) -> None:
        """通過臨時提案2案： the motions follow, or only a heading that says so again."""
        following = mark_of(self.lines[place + 1].text) if place + 1 < len(self.lines) else None
        kind = "passed" if following and following[0].number == 1 else "aside"
        self._open(kind, line, words)
        self.within = "decide" if kind == "passed" else "aside"

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
        return bool(self.items) and self.within in ("item", "explain", "aside")

    def _waits_for_title(self) -> Block | None:
        """The point that was only counted so far, as 案號：3 or 第三案 on a line of its own: 案由 names it."""
        last = next((block for block in reversed(self.found) if block.kind not in ("unit", "aside")), None)
        if last and last.kind == "item" and (not last.words or (last.words.isdigit() and len(last.words) <= 3)):
            return last
        return None

    # Blocks.

    def _open(self, kind: str, line: Line, words: str, mark: Mark | None = None, label: str | None = None) -> None:
        self.found.append(Block(kind, line.number, mark, label, parts=[words] if words else [], lines=[line]))
        self.numbering = Numbering()

    def _begin_section(self, line: Line, words: str, mark: Mark | None) -> None:
        self._open("section", line, words, mark=mark, label=mark.label if mark else None)
        self.section, self.speaker, self.items = mark.number if mark else self.section + 1, 0, 0
        self.title, self.within, self.item_style = squeezed(words), "section", ""

    def _speaker(self, line: Line, mark: Mark | None, rest: str) -> None:
        is_item = mark is not None and mark.style == "han"
        kind = "speaker" if is_item else "responder"
        name, said = named(rest) if is_item else (rest, "")
        self._open(kind, line, name, mark=mark, label=mark.label if mark and is_item else None)
        self.speaker += is_item
        self.within = kind
        self.found.append(Block("text", line.number + 1, parts=[said] if said else []))

    def _point(self, line: Line, mark: Mark, rest: str) -> None:
        jumps = any(one.style == mark.style and mark.number != one.number + 1 for one in self.numbering.open)
        depth = self.numbering.take(mark)
        above = self.numbering.above()[:-1]
        self.found.append(Block("point", line.number, mark, mark.label, depth, above, [rest], [line], jumps))

    def _go_on(self, line: Line) -> None:
        last = self.found[-1]
        if last.kind == "pause" or (last.kind in ("item", "text") and line.text.startswith("|")) or self._says(line):
            self.found.append(Block("text", line.number, parts=[line.text], lines=[line]))
            return
        if last.kind in ("item", "text") and len(columns := _COLUMNS.split(line.text)) > 2:
            self.found.append(Block("text", line.number, parts=["\u3000".join(columns)], lines=[line]))
            return
        is_whole = is_over(last.words) or bool(BARE.fullmatch(squeezed(last.words).translate(PLAIN)))
        is_heading = last.kind == "section" and is_whole and not is_field(last.words)
        if is_heading or (last.kind == "section" and not last.mark) or _is_told(last, line):
            self.found.append(Block("text", line.number))
        self.found[-1].parts.append(line.text)
        self.found[-1].lines.append(line)

    def _says(self, line: Line) -> bool:
        """Whether another one speaks on this line: 民政局回應：…, behind a whole sentence of what is explained."""
        if self.within == "item":
            return bool(self.found[-1].kind == "item" and _OFFICE_SAYS.match(line.plain))
        return self.within in ("explain", "aside") and is_over(self._last()) and bool(_SAYS.match(line.plain))

    def _last(self) -> str:
        return self.found[-1].words if self.found else ""


def number_of(label: str | None) -> int | None:
    return value(label) if label else None
