"""The ministry's own minutes, where they lie beside the repository: item by item."""

from __future__ import annotations

from pathlib import Path

import pytest

from anwang.minutes.reading import Minutes, read
from anwang.minutes.reading.lines import squeezed

PLACE = Path(__file__).resolve().parents[4] / "shared" / "seeds"


def paper(number: str) -> tuple[str, Minutes]:
    found = sorted(PLACE.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the official minutes are not beside the repository")
    text = found[0].read_text(encoding="utf-8")
    return text, read(text)


HEADS = {
    "000": (4, "2019-10-03", "09:30", "蘇政務次長麗瓊", "蔡旻璇", "12:45", 7),
    "001": (8, "2021-01-08", "14:00", "李政務次長麗芬", "蔡旻璇", "18:15", 6),
    "002": (5, "2020-03-11", "09:30", "林政務委員萬億", "蔡旻璇", "13:15", 7),
    "003": (None, "2018-06-26", "10:30", "林政務委員萬億、李秘書長銅城", "陳映竹", "12:50", 10),
    "004": (None, "2022-10-05", "14:00", "行政院林政務委員萬億", "吳翊庭", "17:30", 5),
}
ITEMS = {
    "000": [("report", said) for said in (4, 3, 3, 4, 3)] + [("discussion", 3), ("discussion", 2)],
    "001": [
        ("followup", 7), ("report", 7), ("report", 2), ("report", 3), ("report", 4), ("report", 2), ("discussion", 1),
        ("motion", 2),
    ],
    "002": [
        ("followup", 6), ("report", 2), ("report", 2), ("report", 4), ("report", 4), ("report", 4), ("report", 3),
        ("report", 5), ("discussion", 5),
    ],
    "003": [("question", said) for said in (1, 1, 0, 0, 0, 1, 1, 1, 0, 0)] + [("discussion", 4)],
    "004": [("question", said) for said in (5, 1, 1, 2, 0, 3, 2, 2)],
}  # fmt: skip


@pytest.mark.parametrize("number", HEADS)
def test_reads_head_items_and_decisions(number: str) -> None:
    _text, said = paper(number)
    found = (
        said.number,
        said.date,
        said.start_time,
        said.chair,
        said.recorder,
        said.adjourned_time,
        len(said.sections),
    )
    assert found == HEADS[number]
    assert [(one.kind, len(one.decisions)) for one in said.items] == ITEMS[number]


@pytest.mark.parametrize("number", HEADS)
def test_loses_no_word(number: str) -> None:
    text, said = paper(number)
    assert squeezed("".join(node.text for node in said.nodes)) == squeezed(text)


def test_follows_every_tracked_case() -> None:
    _text, said = paper("002")
    cases = {one["case"]: one["state"] for one in said.items[0].decisions[1].tracking_cases}
    assert cases == {
        **dict.fromkeys((2, 3, 4, 5, 7, 10, 11), "released"), 9: "special_meeting",
        **dict.fromkeys((1, 6, 8), "continued"),
    }  # fmt: skip
    assert [one.why for one in said.uncertain] == ["released_and_told_to_report"]
    _text, said = paper("001")
    decisions = said.items[0].decisions
    assert [one.tracking for one in decisions[2:]] == ["released_with_condition"] * 4 + ["continued"]
    assert (decisions[3].due, decisions[3].units, decisions[4].units) == (
        "2021-07",
        ["社家署"],
        ["保護司", "心口司", "法務部"],
    )
    assert said.items[4].decisions[3].recurrence == "每半年"
    assert [(one.target, one.text[:9]) for one in said.amendments] == [("討論案決議四", "若遇有緊急案件，由")]


def test_marks_what_does_not_fit() -> None:
    _text, said = paper("003")
    assert [one.why for one in said.uncertain] == ["sums_differ", "repeated_question"]


def test_takes_only_the_chair_to_bind() -> None:
    _text, said = paper("004")
    assert [len(one.responses) for one in said.items] == [3, 2, 1, 1, 0, 1, 2, 3]
    assert all(one.responses[-1].role == "chair" for one in said.items if one.decisions)


ASKED = {
    "000": [
        "保護司", "地方政府", "保護司", "2019-10-25", "社家署", "會後1週內 社工司", "心口司", "心口司", "各司署",
        "各地方政府", "各司署", "心口司", "各地方政府", "各地方政府", "各地方政府", "社工司",
    ],
    "001": [
        "心口司", "2021-07 社家署", "保護司 心口司 法務部", "地方政府", "社工司", "各地方政府", "保護司 法務部",
        "社工司", "社工司", "各地方政府", "各地方政府 心口司", "社工司", "社家署",
    ],
    "002": [
        "下次會議 衛福部 法務部", "下次會議 衛福部", "下次會議 衛福部", "下次會議 教育部", "下次會議 教育部",
        "衛福部 法務部", "教育部", "教育部", "教育部", "教育部", "下次會議 勞動部", "臺北市", "衛福部", "衛福部",
        "衛福部", "各部會", "衛福部", "各部會",
    ],
}  # fmt: skip
"""Until when and of whom, for every decision that asks for something, in the order of the paper."""


@pytest.mark.parametrize("number", ASKED)
def test_reads_of_whom_and_until_when(number: str) -> None:
    _text, said = paper(number)
    found = [" ".join(filter(None, [one.due, *one.units])) for item in said.items for one in item.decisions]
    assert [one for one in found if one] == ASKED[number]
