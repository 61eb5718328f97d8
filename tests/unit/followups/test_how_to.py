"""What `docs/adding-a-schedule.md` says, done to the letter on a copy of `policy/`; then it runs on a real case."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from anwang import rulebook
from anwang.cases.actions import NewSubject, approve_review, decide_opening
from anwang.foundation import clock
from anwang.matters.models import Duty
from anwang.rulebook import Rulebook
from anwang.web.cases.contact_form import METHODS
from tests.unit.cases.office import Office
from tests.unit.followups.desk import case_of, contact, courses, windows

ROOT = Path(__file__).resolve().parents[3]
HOW_TO = ROOT / "docs" / "adding-a-schedule.md"
BLOCK = re.compile(r"^```yaml (file|append)=policy/(\S+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
OURS = ("schedules/elder.yaml", "situations/elder_visits.yaml")


def follow(folder: Path, steps: slice = slice(None)) -> Rulebook:
    """Save and append the blocks of the how-to, in order, in a copy of the policy folder."""
    if not folder.exists():
        shutil.copytree(ROOT / "policy", folder)
    for how, name, body in BLOCK.findall(HOW_TO.read_text(encoding="utf-8"))[steps]:
        with (folder / name).open("w" if how == "file" else "a", encoding="utf-8") as file:
            file.write(body)
    return rulebook.load(folder)


def test_checks_clean_after_every_step(tmp_path: Path) -> None:
    assert len(BLOCK.findall(HOW_TO.read_text(encoding="utf-8"))) == 4
    for steps in (slice(0, 2), slice(2, 4)):
        book = follow(tmp_path / "policy", steps)
        assert [one for one in book.check() if "elder.visits" in str(one) or one.where.startswith(OURS)] == []


def test_is_told_what_is_missing_when_a_step_is_left_out(tmp_path: Path) -> None:
    problems = [str(one) for one in follow(tmp_path / "policy", slice(0, 1)).check()]
    assert [one for one in problems if "elder.visits" in one and "no situation shows this rule" in one]


@pytest.mark.django_db
def test_runs_on_a_case_that_is_taken_on(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = follow(tmp_path / "policy")
    monkeypatch.setattr(rulebook, "book", lambda: book)
    case = case_of(office, "elder", "2026-01-30 09:00", subjects=[NewSubject(office.girl, "client")])
    assert courses(case.id) == ()
    office.hands.advance(timedelta(hours=2))
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["ordered"], words="開案。", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    (course,) = courses(case.id)
    assert windows(course) == ["2026-01-31..2026-02-28 0/2+0 open"]
    assert Duty.objects.filter(matter_id=case.id, rule_id="followup.window", state="open").count() == 1
    contact(office, case.id, "2026-02-05 10:00", "met")
    contact(office, case.id, "2026-02-20 10:00", "met", method="phone")
    assert windows(courses(case.id)[0]) == ["2026-01-31..2026-02-28 2/2+0 met"]
    contact(office, case.id, "2026-03-12 10:00", "not_met")
    assert windows(courses(case.id)[0]) == [
        "2026-01-31..2026-02-28 2/2+0 met", "2026-03-01..2026-03-09 0/0+0 cut", "2026-03-10..2026-03-30 0/1+1 open",
    ]  # fmt: skip


MISSPELLED = [
    ("kinds: [elder] ", "kinds: [elders]", "no kind of case 'elders'"),
    ("kind: elder}", "kind: elders}", "no kind of case 'elders'"),
    ("effort: yes ", "effort: yes\nowes: followup.elders #", "owes: no duty 'followup.elders'"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISSPELLED)
def test_is_told_of_a_name_that_nothing_answers_to(tmp_path: Path, old: str, new: str, said: str) -> None:
    follow(tmp_path / "policy", slice(0, 2))
    path = tmp_path / "policy" / "schedules" / "elder.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    problems = [str(one) for one in rulebook.load(tmp_path / "policy").check()]
    assert [one for one in problems if "elder.visits" in one and said in one]


def test_names_the_ways_of_contact_that_the_program_knows() -> None:
    listed = re.search(r"methods that count: (.*?)\),", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"`(\w+)`", listed[1])) == METHODS
