"""Printed lines as blocks: a section, an item, a speaker, a point, each with the lines a hard break cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .block import Block
from .head import is_field
from .keywords import RULED, apart
from .lines import Line, is_over, squeezed
from .marks import PLAIN, Mark, Numbering, mark_of
from .openings import BARE, DAY, ENDS, OVER, PAUSE, is_heading
from .speakers import named
from .standing import Standing

_SAYS = re.compile(r"[\u4e00-\u9fff○]{2,16}(?:\([^()]{1,10}\))?:")
"""A name in front of what is said."""
_COLUMNS = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
"""What stands between the cells of a table that became text."""


def _is_told(item: Block, line: Line) -> bool:
    """Whether the title of an item is over, so that the next line says something else."""
    is_whole = item.words[-1:] == "。" or (item.lines and item.lines[-1].raw.lstrip().startswith("#"))
    return bool(item.kind == "item" and is_whole and not re.match(r"[(]\s*(?:報告|提案|說明|主辦)", line.plain))


class Blocks(Standing):
    """Goes through the lines once and lays each into a block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__([one for line in lines for one in apart(line)])
        for place, line in enumerate(self.lines):
            self._lay(place, line)

    # One line.

    def _lay(self, place: int, line: Line) -> None:
        found = mark_of(line.text)
        mark, rest = found if found else (None, line.text)
        kind, _label, words = self._keyword(rest)
        if mark and self._opens_section(mark, rest):
            self._begin_section(line, rest, mark)
        elif self.section and (OVER.match(line.plain) or (self.style != "bare" and ENDS.match(line.plain))):
            self._open("adjourn", line, line.text)
        elif self.section and (PAUSE.match(line.plain) or (DAY.match(line.plain) and is_over(self._last()))):
            self.found.append(Block("pause", line.number, parts=[line.text], lines=[line]))
        elif self.style == "bare" and BARE.match(squeezed(line.plain)) and not (kind == "decide" and self._is_open()):
            self._begin_section(line, squeezed(line.text), None)
        elif not self.section and kind == "decide" and self.style == "bare":
            self._begin_section(line, squeezed(line.text) if not words else line.text, mark)
        elif not self.section:
            self.top += mark is not None and mark.style == self.style and mark.number == self.top + 1
            self._open("head", line, line.text)
        else:
            self._lay_within(place, line, mark, rest)

    def _lay_within(self, place: int, line: Line, mark: Mark | None, rest: str) -> None:
        """A line of a section: what its words name, else who speaks, else a point."""
        kind, label, words = self._keyword(rest)
        if mark is None and self._is_open() and is_over(self._last()) and (ruled := RULED.match(line.plain)):
            kind, label, words = "decide", None, line.text[ruled.end() :]
        if kind == "decide" and not words and self._is_column(place, line):
            kind = None
        if kind == "item" and not label and (waiting := self._waits_for_title()):
            waiting.label = waiting.label or waiting.words
            waiting.parts, self.within = [words], kind
            waiting.lines.append(line)
            self.named = waiting
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
            self.within = "speech" if kind == "speeches" else kind
            self.spoken, self.is_headed = None, kind == "speeches"
        elif self._names_speaker(mark, rest):
            self._speaker(line, mark, rest)
        elif said := self._speech(place, mark, rest):
            self._open("speech", line, said[1], mark=mark, label=said[0])
            self.within, self.spoken = "speech", mark
        elif mark is None and self._names_points(place, line):
            self._open("item", line, rest)
            self.items, self.within = 1, "item"
        elif mark and self._rules_itself(mark, rest):
            self._open("ruled", line, rest, mark=mark, label=mark.label)
            self.items, self.within = mark.number, "decide"
        elif mark and self._is_item(place, mark, rest):
            self._open("item", line, rest, mark=mark, label=mark.label)
            self.items, self.within, self.item_style = mark.number, "item", mark.style
        elif mark and self._speaks_on(mark):
            self._open("speech", line, rest, mark=mark, label="")
            self.spoken = mark
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

    # Blocks.

    def _open(self, kind: str, line: Line, words: str, mark: Mark | None = None, label: str | None = None) -> None:
        self.found.append(Block(kind, line.number, mark, label, parts=[words] if words else [], lines=[line]))
        self.numbering, self.named = Numbering(), None

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
        if self.named and last.kind == "unit" and not _is_told(self.named, line):
            self.named.parts.append(line.text)
            self.named.lines.append(line)
            return
        if last.kind == "pause" or (last.kind in ("item", "text") and line.text.startswith("|")) or self._says(line):
            self.found.append(Block("text", line.number, parts=[line.text], lines=[line]))
            return
        if last.kind in ("item", "text") and len(columns := _COLUMNS.split(line.text)) > 2:
            self.found.append(Block("text", line.number, parts=["\u3000".join(columns)], lines=[line]))
            return
        if last.kind == "unit" and self.within != "decide" and is_over(last.words):
            self.found.append(Block("text", line.number, parts=[line.text], lines=[line]))
            return
        is_whole = is_over(last.words) or bool(BARE.fullmatch(squeezed(last.words).translate(PLAIN)))
        is_heading = last.kind == "section" and is_whole and not is_field(last.words)
        if is_heading or (last.kind == "section" and not last.mark) or _is_told(last, line):
            self.found.append(Block("text", line.number))
        self.found[-1].parts.append(line.text)
        self.found[-1].lines.append(line)

    def _says(self, line: Line) -> bool:
        """Whether something else is said on this line: 推動期程：…, behind a whole sentence of what is explained."""
        return self.within in ("explain", "aside") and is_over(self._last()) and bool(_SAYS.match(line.plain))
