"""Papers of several houses, and of the same house in other clothes: what they decide stays the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any  # YAML

import pytest
import yaml

from anwang.minutes.reading import Minutes, read
from anwang.minutes.reading.lines import squeezed
from anwang.minutes.reading.paper import Decision

PAPERS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "papers").glob("*.yaml"))
}
HEAD = ("title", "number", "date", "start_time", "place", "chair", "recorder", "adjourned_time")


def seen(minutes: Minutes) -> dict[str, Any]:
    """What must not depend on how a paper is laid out."""
    return {
        "head": [squeezed(str(getattr(minutes, name))) for name in HEAD],
        "sections": [(one.label, squeezed(one.title)) for one in minutes.sections],
        "items": [
            (i.kind, i.label, squeezed(i.title), i.unit, [(r.unit, r.role) for r in i.responses],
             [(d.no, d.level, d.parent, squeezed(d.text), d.tracking, d.due, d.recurrence, d.units)
              for d in i.decisions])
            for i in minutes.items
        ],
        "amendments": [(one.target, squeezed(one.text)) for one in minutes.amendments],
        "doubts": sorted(one.why for one in minutes.uncertain),
    }  # fmt: skip


def found_in(decision: Decision, field: str) -> Any:
    if field == "cases":
        return [[one["case"], one["state"]] for one in decision.tracking_cases]
    return getattr(decision, field)


@pytest.mark.parametrize("name", PAPERS)
def test_reads_what_the_paper_says(name: str) -> None:
    paper = PAPERS[name]
    expected, minutes = paper["expect"], read(paper["text"])
    for field in HEAD:
        if field in expected:
            assert getattr(minutes, field) == expected[field], field
    if "sections" in expected:
        assert [one.title for one in minutes.sections] == expected["sections"]
    if "amendments" in expected:
        assert [[one.target, one.text] for one in minutes.amendments] == expected["amendments"]
    assert sorted(one.why for one in minutes.uncertain) == sorted(expected.get("doubts", []))
    assert len(minutes.items) == len(expected["items"])
    for item, said in zip(minutes.items, expected["items"], strict=True):
        for field in said.keys() - {"decisions", "responses"}:
            assert getattr(item, field) == said[field], field
        assert [[one.unit, one.role] for one in item.responses] == said.get("responses", [])
        assert [[one.no, one.text] for one in item.decisions] == [one[:2] for one in said.get("decisions", [])]
        for decision, (_no, _text, *more) in zip(item.decisions, said.get("decisions", []), strict=True):
            for field, value in (more[0] if more else {}).items():
                found = (
                    [[c["case"], c["state"]] for c in decision.tracking_cases]
                    if field == "cases"
                    else getattr(decision, field)
                )
                assert found == value, (decision.text, field)


@pytest.mark.parametrize("name", PAPERS)
def test_loses_no_word_and_adds_none(name: str) -> None:
    text = PAPERS[name]["text"]
    minutes = read(text)
    assert squeezed("".join(node.text for node in minutes.nodes)) == squeezed(text)
    decided = [one.text for item in minutes.items for one in item.decisions]
    bare = squeezed(text)
    assert all(squeezed(words) in bare or len(words) > 20 for words in decided)


def wrapped(text: str, width: int) -> str:
    """Hard line breaks, as a PDF has them, between any two Han."""
    out = []
    for line in text.splitlines():
        out += [line[at : at + width] for at in range(0, max(len(line), 1), width)] if len(line) > width else [line]
    return "\n".join(out)


def clothes(text: str, seed: int) -> str:
    """The same paper printed otherwise."""
    chance = random.Random(seed)
    lines = text.splitlines()
    if chance.random() < 0.5:
        lines = [one for line in lines for one in (line, "")]
    if chance.random() < 0.5:
        at = chance.randrange(8, len(lines)) if len(lines) > 9 else 0
        lines[at:at] = ["", chance.choice(["2", "- 2 -", "第 2 頁，共 4 頁", "\f"]), ""]
    if chance.random() < 0.4:
        lines = [line.translate(str.maketrans("0123456789", "０１２３４５６７８９")) for line in lines]
    if chance.random() < 0.4:
        lines = [line.replace("（", "(").replace("）", ")").replace("：", ":") for line in lines]
    if chance.random() < 0.4:
        lines = [f"    {line} " for line in lines]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", PAPERS)
def test_reads_the_same_paper_in_other_clothes(name: str, seed: int) -> None:
    text = PAPERS[name]["text"]
    plain, other = seen(read(text)), seen(read(clothes(text, seed)))
    table = str.maketrans("０１２３４５６７８９（）：", "0123456789():")
    assert str(other).translate(table) == str(plain).translate(table)


@pytest.mark.parametrize("width", [18, 22, 30])
@pytest.mark.parametrize("name", [name for name in PAPERS if name not in ("forum", "legislature", "numbered_cases")])
def test_reads_decisions_across_hard_line_breaks(name: str, width: int) -> None:
    text = PAPERS[name]["text"]
    whole, broken = read(text), read(wrapped(text, width))
    said = [[(one.no, one.level, squeezed(one.text)) for one in item.decisions] for item in whole.items]
    assert [[(one.no, one.level, squeezed(one.text)) for one in item.decisions] for item in broken.items] == said
