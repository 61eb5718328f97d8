"""`anwang policy …` prints what people need and returns an honest exit code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from anwang import rulebook
from anwang.rulebook import commands

from .folders import TABLE, write

SITUATIONS = """
situations:
  - situation: danger is a crisis
    on: 2020-01-01
    assumption: 試
    rule: track
    answers: {danger: yes}
    outcome: OUTCOME
"""


def test_explains_value_source_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["explain", "child_protection.report_level_one", "--on", "2026-03-07"]) == 0
    said = capsys.readouterr().out
    for words in ("4日內", "附表", "假設", "暫沿用", "開始：完成分級分類", "首日不計", "過去 2019-10-30–2024-07-30"):
        assert words in said


def test_explains_in_english_and_for_a_county(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["explain", "intake.regime", "--on", "2026-01-01", "--county", "99001", "--lang", "en"]
    assert commands.main(asked) == 0
    said = capsys.readouterr().out
    assert "investigate, then dispatch" in said
    assert "past 2018-02-26–2025-12-31 dispatch, then investigate" in said


def test_explains_a_rule_that_is_not_in_force_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["explain", "suicide.first_contact", "--on", "2000-01-01"]) == 0
    assert "當日無有效版本" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explains_every_rule(lang: str) -> None:
    book = rulebook.book()
    for rule_id in book.contents.handles:
        assert book.explain(rule_id, date(2026, 3, 7), "99001", lang).text()


def test_shows_the_rules_of_a_day_and_one_body(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["show", "--on", "2026-03-07"]) == 0
    assert "child_protection.grading" in capsys.readouterr().out
    assert commands.main(["show", "child_protection.grading", "--on", "2026-03-07"]) == 0
    assert '"within": "24 hours"' in capsys.readouterr().out
    assert commands.main(["show", "child_protection.grading", "--on", "1999-01-01"]) == 1


@pytest.mark.parametrize("argv", [[], ["dance"], ["explain"], ["explain", "age.child", "--on", "someday"]])
def test_refuses_wrong_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(argv) == 2


def test_says_when_there_is_no_such_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["explain", "no.such"]) == 1
    assert "no.such" in capsys.readouterr().out


def test_check_reports_a_failing_situation_and_rules_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, table=TABLE + "  - {from: 2022-01-01, assumption: 後, rows: [{row: 1, else: crisis}]}\n")
    (tmp_path / "situations").mkdir()
    (tmp_path / "situations" / "one.yaml").write_text(SITUATIONS.replace("OUTCOME", "general"), encoding="utf-8")
    assert commands.main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "outcome must be 'general', came 'crisis'" in said
    assert "days.limit: no situation shows this rule" in said
    assert "track: no situation on 2021-12-31, a change of this rule" in said


def test_check_lists_load_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check", str(write(tmp_path, table=TABLE.replace("then: crisis", "then: x")))]) == 1
    assert "outcome 'x' is not listed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("    assumption: 試\n", ""), "needs a cite or an assumption"),
        (("    outcome: OUTCOME\n", ""), "says what must come out"),
        (("outcome:", "outcom:"), "unknown key 'outcom'"),
        (("danger: yes", "weather: yes"), "no such question: weather"),
        (("rule: track", "rule: lost"), "called 'lost'"),
    ],
)
def test_check_refuses_badly_written_situations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], message: str
) -> None:
    write(tmp_path)
    (tmp_path / "situations").mkdir()
    (tmp_path / "situations" / "one.yaml").write_text(SITUATIONS.replace(*change), encoding="utf-8")
    assert commands.main(["check", str(tmp_path)]) == 1
    assert message in capsys.readouterr().out
