"""Tables of tracked cases (列管表): a row with a ruling is a point of its own, its cells the parts of it."""

from __future__ import annotations

import re

_CASE = re.compile(r"(?:案次|案號|編號|項次|序號|案)$")
_RULED = re.compile(r"(?:主席)?(?:裁示|決定)(?:事項)?$|(?:本次)?會議決[議定]$|列管(?:情形|與否)$")
_TITLE = re.compile(r"(?:前次|歷次|會議)?(?:決議|決定|裁示|列管|指示)(?:事項|案件)$|案由$|議題$")
_UNIT = re.compile(r"(?:主責|主辦|辦理|權責|承辦)(?:單位|機關|局處)$")


def cells(row: str) -> list[str]:
    """The cells of a row between bars; none for any other line."""
    bare = row.strip()
    return [one.strip() for one in bare[1:-1].split("|")] if bare.startswith("|") and bare.endswith("|") else []


def tracks(heads: list[str]) -> bool:
    """Whether these are the heads of a table that says of cases how the chair ruled."""
    return len(heads) >= 3 and bool(_CASE.search(heads[0])) and any(_RULED.match(head) for head in heads[1:])


def rows_of_cases(heads: list[str], row: str) -> list[str]:
    """A row as the lines it would be without a table; empty unless the table says of cases how the chair ruled.

    A column that only proposes (管考建議) rules nothing.
    """
    said = cells(row)
    if len(said) != len(heads) or not tracks(heads) or not said[0]:
        return []
    title = next((at for at, head in enumerate(heads) if at and _TITLE.search(head)), None)
    lines = [f"案次{said[0]}：{said[title] if title else ''}"]
    ruled = []
    for at, (head, words) in enumerate(zip(heads, said, strict=True)):
        if at in (0, title) or not words:
            continue
        if _RULED.match(head):
            ruled.append(f"裁示：{words}")
        elif _UNIT.search(head):
            lines.append(f"主辦單位：{words}")
        else:
            lines.append(f"辦理情形：{head}：{words}")
    return lines + ruled
