"""docs/adding-an-instrument.md, followed word for word: its files go into the policy folder, and the form works."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from anwang import rulebook
from anwang.foundation import clock
from anwang.instruments import queries
from anwang.instruments.actions import Form, fill, follow_up, publish
from anwang.instruments.models import Version
from anwang.matters.models import Duty
from anwang.people.models import Person
from anwang.rulebook.book import policy_folder
from anwang.rulebook.commands import main
from tests.unit.cases.office import Office

HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "adding-an-instrument.md"
BLOCK = re.compile(r"^```yaml policy/(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The policy with every file of the how-to put where it says."""
    folder = tmp_path / "policy"
    shutil.copytree(policy_folder(), folder)
    for name, text in BLOCK.findall(HOW_TO.read_text(encoding="utf-8")):
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("ANWANG_POLICY", str(folder))
    rulebook.book.cache_clear()
    yield folder
    monkeypatch.undo()
    rulebook.book.cache_clear()


def test_reads_and_shows_what_the_how_to_says(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faults = [str(one) for one in rulebook.book().check() if "carer" in str(one)]
    assert faults == []
    assert main(["explain", "carer.load", "--on", "2026-01-01"]) == 0
    assert "照顧負荷量表" in capsys.readouterr().out


@pytest.mark.django_db
def test_fills_publishes_and_follows_the_new_form(policy: Path, office: Office) -> None:
    case = office.child_case(kind="vulnerable_family")
    by = office.be("worker")
    Person.objects.filter(id=office.mother).update(sex="female")
    answers = {"sleep": 2, "alone": "declined", "angry": 1, "words": "沒有人可以幫我"}
    form = Form("carer.load", case.id, person_id=office.mother, answers=answers, network="welfare")
    filled = fill(form=form, by=by, at=clock.now())
    assert (filled.level, filled.ceiling_rank, filled.scores) == ("", 0, {"score": [3, 5]})
    assert "carer.load" in {one.instrument for one in queries.offered(by, case.id, "vulnerable_family", "99001")}
    owed = Duty.objects.get(matter_id=case.id, rule_id="carer.relief")
    assert owed.state == "open"
    follow_up(fill_id=filled.id, did="referred", by=by, at=clock.now())
    assert Duty.objects.get(id=owed.id).state == "done"
    child = fill(form=Form("carer.load", case.id, person_id=office.girl, answers=answers), by=by, at=clock.now())
    assert (child.applies, child.level, child.floor_rank) == ("no", "", None)


@pytest.mark.django_db
def test_keeps_what_was_published_and_refuses_the_changed_file(policy: Path, office: Office) -> None:
    assert publish(by=office.be("supervisor")) > 0
    assert Version.objects.filter(instrument="carer.load").get().from_on == date(2026, 1, 1)
    assert publish(by=office.be("supervisor")) == 0
    path = policy / "instruments" / "carer_load.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('">= 4"', '">= 5"'), encoding="utf-8")
    rulebook.book.cache_clear()
    shelf = next(one for one in queries.library(office.be("worker")) if one.instrument == "carer.load")
    assert shelf.is_changed
