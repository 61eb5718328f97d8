"""Searches for missing children by hand: begin, steps, the lists exchanged with the police, and what strangers get."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from anwang.cases.actions import NewSubject
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.matters.actions import end_matter
from anwang.people.actions import add_safety_address
from tests.pages.cases.test_case_pages import as_, instant, number
from tests.proving import prove
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

TOKEN = re.compile(r"[A-Za-z0-9]{64}")
"""What changes on every page: the token of its forms."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def case(office: Office) -> Case:
    by = office.be("screener")
    end_matter(matter_id=office.report, how="decided", at=clock.now(), by=by)
    subjects = [NewSubject(office.boy, "child"), NewSubject(office.mother, "client")]
    return office.child_case(kind="vulnerable_family", subjects=subjects, worker="welfare_worker", unit="welfare")


@pytest.fixture
def search(office: Office, case: Case) -> str:
    """The address of a search begun through its form."""
    answers = {"who": str(office.boy), "last_known": "往車站", **instant("missing_since"), **instant("at")}
    answer = as_("welfare_worker").post(f"/cases/{number(case)}/search", answers, follow=True)
    assert "沒有人知道陳小宇在哪裡。" in answer.content.decode()
    return str(answer.redirect_chain[-1][0])


def test_offers_the_search_on_the_case_and_only_children_in_its_form(office: Office, case: Case) -> None:
    client = as_("welfare_worker")
    assert f"/cases/{number(case)}/search" in client.get(f"/cases/{number(case)}").content.decode()
    form = client.get(f"/cases/{number(case)}/search").content.decode()
    offered = [form.count(f'value="{person}"') for person in (office.boy, office.mother)]
    assert offered == [1, 0]


def test_keeps_steps_and_shows_which_are_left(search: str) -> None:
    client = as_("welfare_worker")
    answer = client.post(f"{search}/step", {"step": "phone", "words": "阿姨說沒看到", **instant("at")}, follow=True)
    page = answer.content.decode()
    assert "阿姨說沒看到" in page
    assert "查入出境紀錄" in page
    listed = client.get("/searches").content.decode()
    assert "步驟1／6" in listed
    assert "個孩子還在協尋。" in re.sub("<[^>]+>", "", listed)
    assert "沒有協尋中的孩子。" in re.sub("<[^>]+>", "", as_("screener").get("/searches").content.decode())


def test_says_of_a_marked_child_that_nobody_is_told_and_asks_for_no_such_step(office: Office, search: str) -> None:
    by = office.be("welfare_worker")
    add_safety_address(
        person_id=office.mother, text="珊瑚縣海聲路9001號", ask_whom="家防中心 (08)000-1000", by=by, at=clock.now()
    )
    client = as_("welfare_worker")
    page = client.get(search).content.decode()
    assert "有保護註記：不請警方協尋、不通知家屬親友，由督導決定怎麼找。" in page
    for step in ("<li>請警方協尋</li>", "<li>電訪家屬、親友</li>", "<li>函查直系血親與二親等戶籍地</li>"):
        assert step not in page
    assert "<li>查入出境紀錄</li>" in page
    assert "步驟0／3" in client.get("/searches").content.decode()


def test_says_what_is_missing_in_a_step_and_keeps_what_was_typed(search: str) -> None:
    answer = as_("welfare_worker").post(f"{search}/step", {"step": "", "words": "阿姨說沒看到", **instant("at")})
    assert answer.status_code == 422
    assert "阿姨說沒看到" in answer.content.decode()


def test_gives_the_police_name_and_number_and_nothing_of_the_case(search: str) -> None:
    client = prove(as_("screening_supervisor"))
    page = client.post("/searches/list", follow=True).content.decode()
    href = page[page.index("/searches/list/") :].split('"')[0]
    answer = client.get(href)
    written = zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
    assert "陳小宇" in written
    for kept in ("往車站", "林佳安", "C115-", "沈芷妍"):
        assert kept not in written
    assert answer["Content-Disposition"] == 'attachment; filename="list.ods"'


def test_answers_the_bringer_of_lines_alike_whether_they_agree_or_not(office: Office, search: str) -> None:
    client = as_("screening_supervisor")
    hit, miss = (
        TOKEN.sub("", client.post("/searches/lines", {"text": f"{name}，112/9/1"}, follow=True).content.decode())
        for name in ("陳小宇", "陳小雨")
    )
    assert "讀了1行。" in hit
    assert hit == miss
    page = as_("welfare_worker").get(search).content.decode()
    assert "陳小宇，112/9/1" in page
    assert "陳小雨" not in page


@pytest.mark.parametrize("key", ["worker2", "ngo_worker", "clerk", "administrator", "screener"])
def test_gives_strangers_the_answer_of_a_search_that_is_not_there(search: str, key: str) -> None:
    client = as_(key)
    real, none = (client.get(path) for path in (search, search[:-4] + "dead"))
    assert real.status_code == none.status_code == 404
    listed = client.get("/searches").content.decode()
    assert "陳小宇" not in listed
    assert client.post("/searches/list").status_code == 403
