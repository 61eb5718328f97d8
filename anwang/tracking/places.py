"""Where a decision stands in its minutes, as people say it: 報告案一、二（二）, 綜合座談三, 結論（三）."""

from __future__ import annotations

from collections.abc import Iterator

from anwang.minutes.reading import Minutes

_KINDS = {
    "followup": "報告案",
    "report": "報告案",
    "discussion": "討論案",
    "motion": "臨時動議",
    "question": "綜合座談",
}


def place(*, kind: str, section: str, label: str | None, numbers: tuple[str, ...]) -> str:
    """The place of a decision: the kind of its item with its label, then its numbers from the outermost in."""
    head = "結論" if "結論" in section else _KINDS.get(kind, "") + (label or "")
    said = head
    for number in numbers:
        wide = number.replace("(", "（").replace(")", "）")
        said += wide if wide.startswith("（") else f"、{wide}"
    return said


def of_paper(minutes: Minutes) -> Iterator[tuple[str, str]]:
    """Every decision of minutes that were read: its place and its words."""
    for item in minutes.items:
        outer = ""
        for one in item.decisions:
            numbers = tuple(part for part in ((outer if one.level > 1 else ""), one.no or "") if part)
            if one.level == 1:
                outer = one.no or ""
            yield place(kind=item.kind, section=item.section, label=item.label, numbers=numbers), one.text
