"""Minutes of other bodies and years: numbering, fields and words as each house prints them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any  # YAML

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.minutes.reading import Minutes, read
from anwang.minutes.reading.lines import squeezed
from anwang.minutes.reading.marks import PLAIN

from .test_reading import HEAD, PAPERS, found_in

FORMS: dict[str, dict[str, Any]] = {
    one["name"]: one
    for path in sorted((Path(__file__).parent / "forms").glob("*.yaml"))
    for one in yaml.safe_load(path.read_text(encoding="utf-8"))
}
ALL = {**{name: paper["text"] for name, paper in PAPERS.items()}, **{name: one["text"] for name, one in FORMS.items()}}


def test_knows_seventy_forms() -> None:
    assert len(ALL) >= 70


@pytest.mark.parametrize("name", FORMS)
def test_reads_the_form_of_another_house(name: str) -> None:
    expected, minutes = FORMS[name]["expect"], read(FORMS[name]["text"])
    for field in HEAD:
        if field in expected:
            assert getattr(minutes, field) == expected[field], field
    if "sections" in expected:
        assert [one.title for one in minutes.sections] == expected["sections"]
    if "amendments" in expected:
        assert [[one.target, one.text] for one in minutes.amendments] == expected["amendments"]
    assert [one.why for one in minutes.uncertain] == expected.get("doubts", [])
    wanted = [_wanted(one) for one in expected["items"]]
    assert [(one.kind, one.label, one.title) for one in minutes.items] == [
        (one["kind"], one.get("label", item.label), one.get("title", item.title))
        for one, item in zip(wanted, minutes.items, strict=False)
    ] + [(one["kind"], one["label"], one["title"]) for one in wanted[len(minutes.items) :]]
    for item, said in zip(minutes.items, wanted, strict=True):
        if "unit" in said:
            assert item.unit == said["unit"], item.title
        if "responses" in said:
            assert [[one.unit, one.role, one.text] for one in item.responses] == said["responses"], item.title
        if "explanation" in said:
            assert item.explanation == said["explanation"], item.title
        assert [[one.no, one.text] for one in item.decisions] == [one[:2] for one in said["decisions"]], item.title
        for decision, (_no, _text, *more) in zip(item.decisions, said["decisions"], strict=True):
            for field, value in (more[0] if more else {}).items():
                assert found_in(decision, field) == value, (decision.text, field)


def _wanted(one: Any) -> dict[str, Any]:
    if isinstance(one, dict):
        return one
    return dict(zip(("kind", "label", "title", "decisions"), one, strict=True))


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        (
            "113年3月25日（星期一）9時2分至12時36分、27日（星期三）9時至11時51分、3月28日（四）14時",
            [("2024-03-25", "09:02", "12:36"), ("2024-03-27", "09:00", "11:51"), ("2024-03-28", "14:00", None)],
        ),
        ("112年12月29日上午9時、113年1月2日下午2時", [("2023-12-29", "09:00", None), ("2024-01-02", "14:00", None)]),
        ("113年3月5日（星期二）及6日（星期三）", [("2024-03-05", None, None), ("2024-03-06", None, None)]),
        ("113年3月25日（星期一）9時至11時48分、14時30分至16時5分", []),
    ],
)
def test_reads_every_day_of_a_meeting(printed: str, days: list[tuple[str, str | None, str | None]]) -> None:
    minutes = read(f"翠島縣議事小組會議紀錄\n時間：{printed}\n主席：溫委員○○\n壹、討論事項\n案由一：某案\n決議：通過。")
    assert [(one.date, one.start_time, one.adjourned_time) for one in minutes.sessions] == days
    assert minutes.uncertain == []


@pytest.mark.parametrize(
    ("printed", "recorder"),
    [
        ("紀錄：丁○○/戊○○", "丁○○、戊○○"),
        ("紀錄：王曉光　李曉明", "王曉光、李曉明"),
        ("紀錄：王曉光、李曉明", "王曉光、李曉明"),
        ("紀錄：專員　庚○○　科員　辛○○", "專員　庚○○、科員　辛○○"),
        ("紀錄：專員　庚○○\n　　　　科員　辛○○", "專員　庚○○、科員　辛○○"),
        ("紀錄：王曉光\n紀錄：李曉明", "王曉光、李曉明"),
        ("紀錄：王曉光 李曉明", "王曉光、李曉明"),
        ("紀錄：王曉光 科員", "王曉光科員"),
        ("紀錄：王　光", "王光"),
    ],
)
def test_reads_everybody_who_took_the_minutes(printed: str, recorder: str) -> None:
    assert read(f"某會議紀錄\n時間：113年3月5日\n{printed}\n壹、主席致詞\n略").recorder == recorder


@pytest.mark.parametrize("name", FORMS)
def test_loses_no_word_of_another_house(name: str) -> None:
    text = FORMS[name]["text"]
    assert squeezed("".join(node.text for node in read(text).nodes)) == squeezed(text)


def shape(minutes: Minutes) -> Any:
    """What no layout changes."""
    return [
        minutes.number, minutes.date, minutes.start_time,
        [(one.kind, one.label, _plain(one.title),
          [(d.no, d.level, d.parent, _plain(d.text), d.tracking, d.due, d.recurrence) for d in one.decisions])
         for one in minutes.items],
    ]  # fmt: skip


def _plain(words: str) -> str:
    return squeezed(words.translate(PLAIN))


WIDE = str.maketrans("0123456789:", "０１２３４５６７８９：")
NARROW = str.maketrans("０１２３４５６７８９（）：", "0123456789():")
TABLES = ("表格的紀錄（Markdown）", "表格式列管裁示（Markdown多欄）")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reads_any_form_in_any_layout(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in ALL if name not in TABLES]))
    lines = ALL[name].splitlines()
    if data.draw(st.booleans(), label="blank lines"):
        lines = [one for line in lines for one in (line, "")]
    if data.draw(st.booleans(), label="page numbers"):
        at = data.draw(st.integers(8, max(8, len(lines) - 1)))
        lines[at:at] = ["", data.draw(st.sampled_from(["3", "- 3 -", "第 3 頁，共 9 頁", "\f", "3/9"])), ""]
    table = data.draw(st.sampled_from([None, WIDE, NARROW]))
    if table:
        lines = [line.translate(table) for line in lines]
    if data.draw(st.booleans(), label="indented"):
        lines = [f"\u3000{line}  " for line in lines]
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    other = read(ending.join(lines))
    assert shape(other)[:3] == shape(read(ALL[name]))[:3]
    assert str(shape(other)[3]).translate(NARROW) == str(shape(read(ALL[name]))[3]).translate(NARROW)


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="壹貳一二三、（）()123.：:案由說明決議定報告討論事項散會年月日時請於前列管解除\n　 ", max_size=300)
)
def test_reads_any_words_without_losing_one(text: str) -> None:
    minutes = read(text)
    assert squeezed("".join(node.text for node in minutes.nodes)) == squeezed(text)


@pytest.mark.parametrize(
    "said", ["王委員、李委員及社會局、" * 60, "委員" * 3000 + "：好。", "局" * 4000, "教育局社會局委員" * 5 + "：好。"]
)
def test_reads_many_names_in_a_moment(said: str) -> None:
    began = time.monotonic()
    read("某會議紀錄\n時間：113年3月5日\n壹、討論事項\n案由一：某案\n發言要點：\n" + f"{said}\n" * 10 + "決議：通過。")
    assert time.monotonic() - began < 5
