"""Taking, answering, a second look, handing over, by page; the register for everybody; erasing by two."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.foundation import clock
from anwang.matters.actions import end_matter
from anwang.matters.models import Matter
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.subjects.conftest import HIDING, NUMBERS, PHONE, Family, family_of
from tests.world import build_world

FATHER = {
    "asks": "copy", "asker_role": "guardian", "proof": "household_register", "asker": "陳志豪", "about": "陳小宇",
    "born_on": "112/9/1", "number": NUMBERS["boy"], "at_day": "115/3/7", "at_time": "23:55",
}  # fmt: skip
SECRETS = (HIDING, "無此路", "鹽寮", PHONE, "林佳安", "陳小樂")


@pytest.fixture
def office(db: None, at) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def family(office: Office) -> Family:
    return family_of(office, hides=True)


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def take(client: Client, **changes: str) -> str:
    answer = client.post("/requests/new", {**FATHER, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def test_the_father_s_request_goes_from_the_counter_to_his_hand_and_shows_nothing_anywhere(family: Family) -> None:
    clerk, chief = as_("clerk"), as_("chief")
    page = take(clerk)
    seen = [clerk.get("/requests").content.decode(), clerk.get(page).content.decode()]
    assert clerk.post(f"{page}/write", {}).status_code == 302
    seen += [clerk.get(page).content.decode(), chief.get(page).content.decode()]
    assert "第10條但書第3款" in seen[-1]
    assert clerk.post(f"{page}/look", {"verdict": "approve"}).status_code == 403
    assert clerk.post(f"{page}/print", {"form": "odt"}).status_code == 403
    assert chief.post(f"{page}/look", {"verdict": "approve"}).status_code == 302
    file = clerk.post(f"{page}/print", {"form": "odt"})
    assert re.search(r'filename="Q115-\d{4}-\d{4}\.odt"', file["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(file.content)) as odt:
        seen += [odt.read(name).decode("utf-8", "replace") for name in odt.namelist() if name.endswith(".xml")]
    done = clerk.post(f"{page}/hand-over", {"how": "in_person", "at_day": "115/3/8", "at_time": "00:05"}, follow=True)
    seen.append(done.content.decode())
    assert [word for text in seen for word in SECRETS if word in text] == []


def test_her_own_worker_writes_her_copy_and_his_supervisor_looks(family: Family) -> None:
    worker, supervisor = as_("worker"), as_("supervisor")
    page = take(worker, asker_role="self", proof="id_card", asker="林佳安", about="", number=NUMBERS["mother"])
    assert worker.post(f"{page}/tie", {}).status_code == 302
    assert worker.post(f"{page}/write", {"reports": "duty"}).status_code == 302
    text = supervisor.get(page).content.decode()
    assert "客廳畫圖" in text
    assert HIDING not in text
    assert as_("chief").get(page).status_code == 404


@pytest.mark.parametrize("path", ["/requests", "/requests/new", "/keeping"])
def test_pages_are_not_empty_for_nobody_and_cost_few_statements(office: Office, path: str) -> None:
    client = as_("chief" if path == "/keeping" else "clerk")
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    asked = [one["sql"] for one in made.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SET "))]
    assert len(asked) <= 8, asked


@pytest.mark.parametrize("who", ["worker2", "welfare_worker", "ngo_worker", "administrator", "privacy", "screener"])
def test_nobody_else_opens_a_request_by_its_number(family: Family, who: str) -> None:
    page = take(as_("worker"))
    client = as_(who)
    assert client.get(page).status_code in (403, 404)
    for act in ("write", "look", "print", "hand-over", "withdraw", "tie", "extend", "dispute"):
        assert client.post(f"{page}/{act}", {"form": "odt"}).status_code in (403, 404), act


@pytest.mark.parametrize(
    "wrong", [{"asks": "all"}, {"proof": ""}, {"asker": ""}, {"born_on": "130/1/1"}, {"about": ""}]
)
def test_a_wrong_form_is_said_at_its_field_and_keeps_what_was_typed(office: Office, wrong: dict[str, str]) -> None:
    answer = as_("clerk").post("/requests/new", {**FATHER, **wrong})
    assert answer.status_code == 422
    assert "陳志豪" in answer.content.decode() or "asker" in wrong


def test_two_persons_erase_by_page(family: Family) -> None:
    end_matter(matter_id=family.case, how="closed", at=clock.now(), by=family.be("worker"))
    number = Matter.objects.get(id=family.case).number
    chief, privacy = as_("chief"), as_("privacy")
    assert chief.post("/keeping/propose", {"number": number, "basis": "retention"}).status_code == 403
    assert chief.post("/keeping/propose", {"number": number, "basis": "court"}).status_code == 422
    assert chief.post("/keeping/propose", {"number": number, "basis": "court", "paper": "1"}).status_code == 302
    confirm = re.search(r"/keeping/erasures/[^/]+/confirm", privacy.get("/keeping").content.decode())
    assert confirm
    assert not re.search(r"/confirm", chief.get("/keeping").content.decode())
    assert chief.post(confirm[0]).status_code == 403
    assert privacy.post(confirm[0]).status_code == 302
    assert number in privacy.get("/keeping").content.decode()


def test_the_register_of_files_is_for_everybody_and_tells_nobody_s_data(office: Office) -> None:
    anybody = Client()
    for language, word in (("zh-hant", "個人資料檔案"), ("en", "Files of personal data")):
        answer = anybody.get("/files", headers={"accept-language": language})
        assert answer.status_code == 200
        assert word in answer.content.decode()
    ods = anybody.get("/files.ods")
    with zipfile.ZipFile(io.BytesIO(ods.content)) as file:
        text = file.read("content.xml").decode()
    for word in ("保有機關", "特定目的", "個人資料之類別", "通報受理檔"):
        assert word in text
    assert anybody.get("/files/dictionary").status_code == 302
    assert as_("worker").get("/files/dictionary").status_code == 403
    assert "people_safetyaddress" in as_("privacy").get("/files/dictionary").content.decode()


def test_a_disputed_fact_is_shown_on_the_person_s_page(family: Family) -> None:
    worker = as_("worker")
    page = take(
        worker, asks="correct", asker_role="self", asker="林佳安", about="", number=NUMBERS["mother"], words="改生日"
    )
    worker.post(f"{page}/tie", {})
    assert worker.post(f"{page}/dispute", {"fact": "birth", "words": "本人說1995年生"}).status_code == 302
    assert "本人說1995年生" in worker.get(f"/people/{family.mother}").content.decode()


def test_a_disputed_fact_is_marked_in_the_case_too(family: Family) -> None:
    worker = as_("worker")
    page = take(worker, asks="correct", words="生日不對")
    worker.post(f"{page}/tie", {})
    worker.post(f"{page}/dispute", {"fact": "birth", "words": "家長說112年10月生"})
    number = Matter.objects.get(id=family.case).number
    case = worker.get(f"/cases/{number}").content.decode()
    assert "出生日有爭執" in case
    assert "112年9月1日" in worker.get(f"/people/{family.boy}").content.decode()
