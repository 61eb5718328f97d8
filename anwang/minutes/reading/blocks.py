"""Printed lines as blocks: a section, an item, a speaker, a point, each with the lines a hard break cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .head import is_field
from .keywords import KEYWORDS, SECTION, apart
from .lines import Line, is_over, joined, squeezed
from .marks import HAN, PLAIN, Mark, Numbering, mark_of, value

FORUM = re.compile(r"座談|意見交流|提問|發言紀要|綜合討論|與會.*發言")
OVER = re.compile(
    rf"[(]?(?:同日)?(?:上午|下午|中午|晚上)?\s*(?:\d{{1,2}}|[{HAN}]{{1,3}})\s*[時:點][^,;。]{{0,6}}?(?:宣布|宣告)?(?:散會|會議結束)[。)]*$"
)
"""A line that only says when it was over: 下午4時25分散會."""
AGENDA = re.compile(r"追蹤|列管|[前上歷]次會議決|報告|討論|臨時動議|提案|審議|審查|專案")
_BARE = re.compile(
    r"(?:主席(?:致詞|報告|指示)|(?:報告|討論)(?:事項|案)|(?:業務|工作)報告|提案討論|討論提案|臨時(?:動議|提案)|散會|綜合座談"
    r"|(?:宣讀|確認)?[前上]次會議(?:紀錄|議事錄)(?:確認)?|[前上歷]次會議決[議定].{0,12}|意見交流|結論)(?=$|[:(])|散會(?=。)"
)
"""Headings of sections that have no number, on a line of their own."""
_COLUMNS = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
"""What stands between the cells of a table that became text."""
_SPEAKS = re.compile(r"(?:司|署|部|局|處|院|會|中心|大學|學系|政府|聯盟|團體|公會|工作站|學會|委員|立委)[^,;。]{0,14}$")


@dataclass
class Block:
    """Lines that belong together. `words` are those after the mark and keyword; `depth` and `above` of a point."""

    kind: str
    line: int
    mark: Mark | None = None
    label: str | None = None
    depth: int = 0
    above: tuple[str, ...] = ()
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    jumps: bool = False

    @property
    def words(self) -> str:
        return joined(self.parts)


def _is_told(item: Block, line: Line) -> bool:
    """Whether the title of an item is over, so that the next line says something else."""
    return (
        item.kind == "item" and item.words[-1:] == "。" and not re.match(r"[(]\s*(?:報告|提案|說明|主辦)", line.plain)
    )


def speaks(words: str) -> bool:
    """Whether a line names somebody who speaks: an office and a person, no sentence."""
    plain = words.translate(PLAIN).strip()
    return len(plain) <= 45 and not re.search(r"[。;?,:]", plain) and bool(_SPEAKS.search(plain.split("(")[0].strip()))


class Blocks:
    """Goes through the lines once and lays each into a block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [one for line in lines for one in apart(line)]
        self.found: list[Block] = []
        self.style = self._style_of_sections()
        self.section = self.speaker = self.items = 0
        self.item_style = ""
        self.title = ""
        self.within = "head"
        self.numbering = Numbering()
        for place, line in enumerate(self.lines):
            self._lay(place, line)

    def _style_of_sections(self) -> str:
        marks = [found for line in self.lines if (found := mark_of(line.text))]
        if any(mark.style == "formal" and mark.number == 1 for mark, _rest in marks):
            return "formal"
        for style in ("stems", "han"):
            if sum(mark.style == style and bool(SECTION.search(rest[:14])) for mark, rest in marks) > 1:
                return style
        return "bare" if any(_BARE.match(squeezed(line.plain)) for line in self.lines) else "formal"

    # One line.

    def _lay(self, place: int, line: Line) -> None:
        found = mark_of(line.text)
        mark, rest = found if found else (None, line.text)
        kind, label, words = self._keyword(rest)
        if mark and self._opens_section(mark, rest):
            self._begin_section(line, rest, mark)
        elif self.section and OVER.match(line.plain):
            self._open("adjourn", line, line.text)
        elif self.style == "bare" and _BARE.match(squeezed(line.plain)):
            self._begin_section(line, squeezed(line.text), None)
        elif not self.section:
            self._open("head", line, line.text)
        elif kind == "item" and not label and (waiting := self._waits_for_title()):
            waiting.label = waiting.label or waiting.words
            waiting.parts, self.within = [words], kind
            waiting.lines.append(line)
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

    def _keyword(self, rest: str) -> tuple[str | None, str | None, str]:
        plain = rest.translate(PLAIN)
        for kind, pattern in KEYWORDS.items():
            if (kind in ("response", "chair")) and not FORUM.search(self.title):
                continue
            if found := pattern.match(plain):
                label = next((one for one in found.groups() if one), None)
                return kind, squeezed(label) if label else None, rest[found.end() :].strip()
        return None, None, rest

    def _opens_section(self, mark: Mark, rest: str) -> bool:
        if mark.style != self.style:
            return False
        if self.style == "han" and not SECTION.search(rest[:14]):
            return False
        if self.style == "han" and not self.section:
            return True
        return mark.number == self.section + 1 or (mark.number > self.section and is_over(self._last()))

    def _names_speaker(self, mark: Mark | None, rest: str) -> bool:
        if not FORUM.search(self.title) and "結論" not in self.title:
            return False
        if mark and mark.style == "han":
            return mark.number == self.speaker + 1 and speaks(re.sub(r"^發言人\s*[:：]", "", rest))
        if mark is None:
            return self.within in ("response", "section") and speaks(rest) and not self._has_begun()
        return mark.style == "paren" and self.within in ("response", "responder") and speaks(rest)

    def _has_begun(self) -> bool:
        """Whether an answer says something already, so that this line only goes on."""
        last = self.found[-1]
        return bool(last.words) and last.kind != "section"

    def _is_item(self, place: int, mark: Mark, rest: str) -> bool:
        """Whether 一、 begins a point of the agenda: papers without 案由 number them so."""
        if mark.style not in ("han", "paren", "number") or mark.number != self.items + 1 or FORUM.search(self.title):
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
        self._open(kind, line, rest, mark=mark, label=mark.label if mark and is_item else None)
        self.speaker += is_item
        self.within = kind
        self.found.append(Block("text", line.number + 1))

    def _point(self, line: Line, mark: Mark, rest: str) -> None:
        jumps = any(one.style == mark.style and mark.number != one.number + 1 for one in self.numbering.open)
        depth = self.numbering.take(mark)
        above = self.numbering.above()[:-1]
        self.found.append(Block("point", line.number, mark, mark.label, depth, above, [rest], [line], jumps))

    def _go_on(self, line: Line) -> None:
        last = self.found[-1]
        if last.kind in ("item", "text") and len(columns := _COLUMNS.split(line.text)) > 2:
            self.found.append(Block("text", line.number, parts=["\u3000".join(columns)], lines=[line]))
            return
        is_whole = is_over(last.words) or bool(_BARE.fullmatch(squeezed(last.words).translate(PLAIN)))
        is_heading = last.kind == "section" and is_whole and not is_field(last.words)
        if is_heading or (last.kind == "section" and not last.mark) or _is_told(last, line):
            self.found.append(Block("text", line.number))
        self.found[-1].parts.append(line.text)
        self.found[-1].lines.append(line)

    def _last(self) -> str:
        return self.found[-1].words if self.found else ""


def number_of(label: str | None) -> int | None:
    return value(label) if label else None
