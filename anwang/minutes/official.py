"""The official form of minutes drafted here: the same words on screen, in ODT and in PDF, and read back alike.

壹、主席致詞 to 陸、散會; under each point 說明 and 決定 (報告案) or 決議 (討論案, 臨時動議), numbered
一、（一）1.（1）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from anwang.foundation import roc

from .reading import Minutes, read
from .reading.lines import squeezed
from .reading.marks import PLAIN
from .states import ItemKind

OPENING, BEFORE, REPORTS, DISCUSSIONS, MOTIONS, OVER = (
    "壹、主席致詞", "貳、確認前次會議紀錄", "參、報告事項", "肆、討論事項", "伍、臨時動議", "陸、散會",
)  # fmt: skip
SECTIONS = (OPENING, BEFORE, REPORTS, DISCUSSIONS, MOTIONS, OVER)
SECTION_OF = {
    ItemKind.FOLLOWUP: REPORTS, ItemKind.REPORT: REPORTS, ItemKind.DISCUSSION: DISCUSSIONS, ItemKind.MOTION: MOTIONS,
}  # fmt: skip
NUMERALS = "一二三四五六七八九十"
NONE = "無。"
STANDING = "前次會議決議辦理情形"
"""The report with which every sitting but the first begins; in the language of the paper, not of the reader."""
_WEEK = "一二三四五六日"
_BLANK = "草擬會議紀錄\n時間：115年1月1日\n壹、討論事項\n案由一：議案\n決議：\n"


@dataclass(frozen=True)
class Point:
    """A numbered decision: as printed without its comma, and its words."""

    number: str
    text: str


@dataclass(frozen=True)
class Topic:
    """A point of the agenda with what was said and decided."""

    kind: str
    title: str
    unit: str = ""
    explanation: str = ""
    lead: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Draft:
    """Minutes as they stand."""

    title: str
    met_on: date | None
    start_time: time | None
    place: str
    chair: str
    recorder: str
    present: tuple[tuple[str, str], ...] = ()
    """(出席 or 列席…, who): one line each."""
    opening: str = ""
    amendments: tuple[tuple[str, str], ...] = ()
    """(what is corrected, the words from now on)."""
    before: str = ""
    topics: tuple[Topic, ...] = field(default=())
    adjourned_time: time | None = None


def head(draft: Draft) -> list[tuple[str, str]]:
    """Label and words of the head."""
    day = f"{roc.roc_long(draft.met_on)}（星期{_WEEK[draft.met_on.weekday()]}）" if draft.met_on else ""
    rows = [
        ("時間", day + (_clock(draft.start_time) if day and draft.start_time else "")), ("地點", draft.place),
        ("主持人", draft.chair), ("紀錄", draft.recorder), *draft.present,
    ]  # fmt: skip
    return [(label, words) for label, words in rows if words]


def sections(draft: Draft) -> list[tuple[str, str]]:
    """Each section's heading and everything under it, line by line."""
    return [
        (OPENING, draft.opening or "略。"),
        (BEFORE, _confirmed(draft)),
        *((heading, _topics(draft.topics, heading) or NONE) for heading in (REPORTS, DISCUSSIONS, MOTIONS)),
        (f"{OVER}：{_clock(draft.adjourned_time)}" if draft.adjourned_time else OVER, ""),
    ]


def text(draft: Draft) -> str:
    """The whole paper."""
    lines = [draft.title, *(f"{label}：{words}" for label, words in head(draft))]
    for heading, words in sections(draft):
        lines += [heading, *words.split("\n")] if words else [heading]
    return "\n".join(lines)


def label_of(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return lead + (NUMERALS[ones - 1] if ones else "")


def points_of(words: str) -> tuple[Minutes, str]:
    """What a draft of decisions reads as, with the words that belong to none of them (empty when all do)."""
    minutes = read(_BLANK + words.strip())
    found = [one for item in minutes.items for one in item.decisions]
    printed = "".join([*(item.lead for item in minutes.items), *(f"{one.no or ''}{one.text}" for one in found)])
    left = "" if _bare(printed) == _bare(words) and len(minutes.items) == 1 else words
    return minutes, left


def printed(number: str, words: str) -> str:
    """A decision with its number, as official papers write it."""
    if not number:
        return words
    if number.startswith("("):
        return f"（{number.strip('()')}）{words}"
    return f"{number}.{words}" if number.isascii() else f"{number}、{words}"


def _bare(words: str) -> str:
    return re.sub(r"[、.()]", "", squeezed(words.translate(PLAIN)))


def _clock(moment: time | None) -> str:
    if moment is None:
        return ""
    hour = moment.hour
    part = "上午" if hour < 12 else "下午"
    minute = f"{moment.minute}分" if moment.minute else ""
    return f"{part}{hour if hour <= 12 else hour - 12}時{minute}"


def _confirmed(draft: Draft) -> str:
    if not draft.amendments:
        return f"決定：{draft.before or '確認。'}"
    return "\n".join(["決定：", *(f"修正{target}為：{words}" for target, words in draft.amendments)])


def _topics(topics: Iterable[Topic], heading: str) -> str:
    mine = [one for one in topics if SECTION_OF[ItemKind(one.kind)] == heading]
    return "\n".join(line for number, one in enumerate(mine, 1) for line in _topic(number, one, heading))


def _topic(number: int, topic: Topic, heading: str) -> list[str]:
    who = "報告單位" if heading == REPORTS else "提案單位"
    lines = [f"案由{label_of(number)}：{topic.title}{f'（{who}：{topic.unit}）' if topic.unit else ''}"]
    if topic.explanation:
        lines += ["說明：", *topic.explanation.split("\n")]
    if topic.lead or topic.points:
        alone = topic.lead or (topic.points[0].text if topic.points and not topic.points[0].number else "")
        lines.append(f"{'決定' if heading == REPORTS else '決議'}：{alone}")
        lines += _lines_of(topic.points[1:] if alone and not topic.lead else topic.points)
    return lines


def _lines_of(points: Sequence[Point]) -> list[str]:
    return [printed(one.number, one.text) for one in points]
