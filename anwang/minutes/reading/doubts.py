"""What does not fit together in a paper: said beside the words, for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .block import Block
from .lines import squeezed
from .marks import PLAIN, value
from .paper import RELEASED, Doubt, Item, Minutes

WORDS = {
    "impossible_date": "這個日期不存在",
    "other_weekday": "日期與星期不符",
    "released_and_told_to_report": "同一案既解除列管，又要求提出報告",
    "sums_differ": "前後數字加總不同",
    "repeated_question": "與前面的發言重複",
    "numbering_jumps": "項次不連續",
    "cases_not_named": "有案次沒有逐案列出",
    "no_date": "找不到開會日期",
    "no_sections": "找不到會議的段落",
    "two_meetings": "檔案裡有兩次會議",
}
_CASE = re.compile(r"^案由(\d+|[一二三四五六七八九十]+)")
_REST = re.compile(r"(?:其餘|(?<!剩)餘)[^;。,]{0,8}(?:解除|繼續|持續|自行)列管")
_TIME = re.compile(r"[-*#]*(?:開會|會議)?時間:.*年.*月")
_PAIR = re.compile(r"(\d+)[名人位][^,;。:、]{0,6}?、[^,;。:、]{0,14}?(\d+)[名人位]")


def doubts(minutes: Minutes, blocks: Sequence[Block]) -> list[Doubt]:
    """Everything a person should look at, in the order of the paper."""
    found = [Doubt(block.line, block.words[:60], "numbering_jumps") for block in blocks if block.jumps]
    for item in minutes.items:
        found += _told_again(item)
        found += _sums(item)
        found += _not_named(item)
    found += _repeated(minutes)
    if not minutes.date and not any(one.why == "impossible_date" for one in minutes.uncertain):
        found.append(Doubt(1, minutes.title, "no_date"))
    if not minutes.sections:
        found.append(Doubt(1, minutes.title, "no_sections"))
    times = [node.line for node in minutes.nodes if _TIME.match(squeezed(node.text.translate(PLAIN)))]
    if len(times) > 1:
        found.append(Doubt(times[1], minutes.title, "two_meetings"))
    return sorted(found, key=lambda one: one.line)


def _told_again(item: Item) -> Iterator[Doubt]:
    """A case that is released in one sentence and told to report in another."""
    released = {case["case"] for one in item.decisions for case in one.tracking_cases if case["state"] == RELEASED}
    for one in item.decisions:
        found = _CASE.match(squeezed(one.text.translate(PLAIN)))
        if found and value(found[1]) in released and re.search(r"下次會議|提出報告|提出", one.text):
            yield Doubt(one.line, one.text, "released_and_told_to_report")


def _not_named(item: Item) -> Iterator[Doubt]:
    """其餘解除列管: which cases these are stands in no sentence."""
    for one in item.decisions:
        if _REST.search(squeezed(one.text.translate(PLAIN))):
            yield Doubt(one.line, one.text, "cases_not_named")


def _sums(item: Item) -> Iterator[Doubt]:
    plain = squeezed(item.explanation.translate(PLAIN))
    sums = [int(first) + int(second) for first, second in _PAIR.findall(plain)]
    if "不變" in plain and len(set(sums)) > 1:
        yield Doubt(item.line, item.explanation, "sums_differ")
    for found in re.finditer(_PAIR.pattern + r",?(?:合計|共計|計|共)(\d+)[名人位]", plain):
        if int(found[1]) + int(found[2]) != int(found[3]):
            yield Doubt(item.line, found[0], "sums_differ")


def _repeated(minutes: Minutes) -> Iterator[Doubt]:
    said: set[str] = set()
    for item in minutes.items:
        words = squeezed(item.explanation)
        if item.kind == "question" and words and words in said:
            yield Doubt(item.line, item.explanation[:60], "repeated_question")
        said.add(words)
