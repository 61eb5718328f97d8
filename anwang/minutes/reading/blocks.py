"""Printed lines as blocks: a section, an item, a speaker, a point, each with the lines a hard break cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .head import is_field
from .lines import Line, is_over, joined, squeezed
from .marks import FORMAL, HAN, PLAIN, Mark, Numbering, mark_of, value

_SOME = rf"(?:[{HAN}]{{1,3}}|\d{{1,2}})"
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_WORDS = {
    "item": rf"(?:案由|案號|議題|提案|報告案|討論案|報告事項|討論事項|臨時動議)({_SOME})?\s*:"
    rf"|(?:報告|討論|動議)({_SOME})\s*:|第\s*({_SOME})\s*號?(?:提)?案\s*(?::|$)"
    rf"|(?:報告案|討論案|提案|臨時動議|動議|議題)({_SOME})\s*$",
    "decide": r"(附帶)?(?:主席|會議|本會)?(?:決定|決議|議決|裁示|裁決|結論)(?:事項)?\s*:",
    "explain": r"(?:案由|背景|現況)?說明\s*:|緣由\s*:",
    "aside": r"(?:擬辦|辦法|建議|討論(?:意見)?|補充說明|(?:目前)?(?:辦理|執行)(?:情形|進度))\s*:"
    r"|通過(?:臨時)?提案\d*案\s*:|(?:與會)?(?:委員|人員|單位)?(?:發言|意見)(?:摘要|紀要|重點)?\s*:",
    "response": r"(?:中央|機關|單位|業務單位)?回[應復覆]\s*(?::|$)",
    "chair": r"主席(?:回應|說明)?\s*(?::|$)",
    "annex": r"\(?附[件表錄]\s*[一二三四五六七八九十0-9]*\)?\s*$",
    "unit": r"(?:報告|提案|主辦|說明)(?:單位|機關|人)\s*:",
}
KEYWORDS = {kind: re.compile(_GAP.sub(r"\\s*", words)) for kind, words in _WORDS.items()}
FORUM = re.compile(r"座談|意見交流|提問|發言紀要|綜合討論|與會.*發言")
AGENDA = re.compile(r"追蹤|列管|[前上歷]次會議決|報告|討論|臨時動議|提案|審議|審查|專案")
_SECTION = re.compile(
    r"致詞|[前上歷]次會議|報告事項|報告案|業務報告|工作報告|討論事項|討論案|臨時(?:動議|提案)|散會|座談|結論|提案|追蹤|列管"
    r"|主席(?:指示|裁示|報告)|意見交流"
)
_BARE = re.compile(
    r"(?:主席(?:致詞|報告|指示)|(?:報告|討論)(?:事項|案)|(?:業務|工作)報告|提案討論|討論提案|臨時(?:動議|提案)|散會|綜合座談"
    r"|(?:宣讀|確認)?[前上]次會議(?:紀錄|議事錄)(?:確認)?|[前上歷]次會議決[議定].{0,12}|意見交流|結論)(?=$|[:(])|散會(?=。)"
)
"""Headings of sections that have no number, on a line of their own."""
_HEADED = re.compile(rf"(?:[{FORMAL}]{{1,2}}\s*、\s*)?(?:{_SECTION.pattern})[^\s,。:]{{0,6}}[:]?\s+")
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


def _apart(line: Line) -> list[Line]:
    """A heading and the first point behind it on one line, as 壹、報告事項 一、…, apart."""
    found = _HEADED.match(line.plain)
    if not found or not mark_of(line.text[found.end() :]):
        return [line]
    return [
        Line(line.number, line.text[: found.end()].strip(), line.raw),
        Line(line.number, line.text[found.end() :], ""),
    ]


def speaks(words: str) -> bool:
    """Whether a line names somebody who speaks: an office and a person, no sentence."""
    plain = words.translate(PLAIN).strip()
    return len(plain) <= 45 and not re.search(r"[。;?,:]", plain) and bool(_SPEAKS.search(plain.split("(")[0].strip()))


class Blocks:
    """Goes through the lines once and lays each into a block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = [one for line in lines for one in _apart(line)]
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
            if sum(mark.style == style and bool(_SECTION.search(rest[:14])) for mark, rest in marks) > 1:
                return style
        return "bare" if any(_BARE.match(squeezed(line.plain)) for line in self.lines) else "formal"

    # One line.

    def _lay(self, place: int, line: Line) -> None:
        found = mark_of(line.text)
        mark, rest = found if found else (None, line.text)
        kind, label, words = self._keyword(rest)
        if mark and self._opens_section(mark, rest):
            self._begin_section(line, rest, mark)
        elif self.style == "bare" and _BARE.match(squeezed(line.plain)):
            self._begin_section(line, squeezed(line.text), None)
        elif not self.section:
            self._open("head", line, line.text)
        elif kind == "item" and not label and (waiting := self._waits_for_title()):
            waiting.label = waiting.label or waiting.words
            waiting.parts, self.within = [words], kind
            waiting.lines.append(line)
        elif kind:
            self._open(kind, line, words, mark=mark, label=label)
            self.items += kind == "item"
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
        if self.style == "han" and not _SECTION.search(rest[:14]):
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
            if self._keyword(found[1] if found else line.text)[0] in ("decide", "explain", "unit"):
                return True
        return False

    def _of_section(self) -> list[Block]:
        last = max((place for place, block in enumerate(self.found) if block.kind == "section"), default=0)
        return self.found[last:]

    def _waits_for_title(self) -> Block | None:
        """The point that was only counted so far, as 案號：3 or 第三案 on a line of its own: 案由 names it."""
        last = next((block for block in reversed(self.found) if block.kind != "unit"), None)
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
        is_heading = last.kind == "section" and is_over(last.words) and not is_field(last.words)
        if is_heading or (last.kind == "section" and not last.mark) or _is_told(last, line):
            self.found.append(Block("text", line.number))
        self.found[-1].parts.append(line.text)
        self.found[-1].lines.append(line)

    def _last(self) -> str:
        return self.found[-1].words if self.found else ""


def number_of(label: str | None) -> int | None:
    return value(label) if label else None
