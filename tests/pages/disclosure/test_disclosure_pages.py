"""The desk of disclosure: looking by steps, requests, emergency openings with their mark, figures, receipts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.disclosure import actions, queries
from anwang.disclosure.models import Alert, ContactStep, Glass, LookUp
from anwang.foundation import clock
from anwang.matters.models import Duty
from tests.unit.disclosure.stage import FAMILY, HER, HIM, NIGHT, NOBODY, Couple, set_up
from tests.world import build_world

pytestmark = pytest.mark.django_db
LOOKERS = {"screener", "worker", "adult_supervisor", "welfare_worker", "welfare_supervisor", "visitor", "nurse"}
KEYS = [
    "screener", "worker", "adult_supervisor", "welfare_worker", "welfare_supervisor", "visitor", "nurse", "chief",
    "clerk", "ngo_worker", "administrator", "privacy",
]  # fmt: skip


@pytest.fixture
def couple(db: None, at: Callable[..., object]) -> Couple:
    hands = at(NIGHT)
    return set_up(build_world(), hands)  # type: ignore[arg-type]


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    session = client.session
    session["proved"] = int(clock.now().timestamp())
    session.save()
    return client


def text(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def looked(couple: Couple, key: str = "welfare_worker", whom: str = HER, serving: str = "welfare", **more: str) -> str:
    given = {"purpose": "joint_service", "basis": "duty", "for_number": couple.number(getattr(couple, serving)),
             "number": whom, "read_rules": "on"} | more  # fmt: skip
    answer = as_(key).post("/disclosure/look", given)
    assert answer.status_code == 302, text(answer.content.decode())
    return str(answer["Location"])


@pytest.mark.parametrize(("path", "open_to"), [
    ("/disclosure", set(KEYS) - {"clerk", "ngo_worker", "administrator"}),
    ("/disclosure/look", LOOKERS),
    ("/disclosure/openings", set(KEYS) - {"clerk", "ngo_worker", "administrator"}),
    ("/disclosure/openings/new", LOOKERS),
    ("/disclosure/use", {"adult_supervisor", "welfare_supervisor", "chief", "privacy"}),
    ("/disclosure/receipts", set(KEYS) - {"clerk", "ngo_worker", "administrator"}),
])  # fmt: skip
def test_opens_to_whom_it_is_for_within_eight_statements(couple: Couple, path: str, open_to: set[str]) -> None:
    for key in KEYS:
        client = as_(key)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert answer.status_code == (200 if key in open_to else 403), (key, path)
        said = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(said) <= (9 if path in ("/disclosure", "/disclosure/openings") else 8), (key, path, said)


def test_shows_the_rules_of_use_beside_the_form_and_their_version_in_the_receipt(couple: Couple) -> None:
    page = as_("welfare_worker").get("/disclosure/look").content.decode()
    assert "不告訴當事人和另一方" in text(page)
    shown = as_("welfare_worker").get(looked(couple)).content.decode()
    look = LookUp.objects.get() if couple.be("welfare_worker") else None
    assert look is not None
    assert look.rules_hash[:8] in shown


def test_marks_nothing_as_optional_that_it_insists_on(couple: Couple) -> None:
    page = text(as_("welfare_worker").get("/disclosure/look").content.decode())
    assert "我看過旁邊的使用規範" in page
    assert "我看過旁邊的使用規範（可不填）" not in page
    refused = as_("welfare_worker").post("/disclosure/look", {"purpose": "joint_service"}).content.decode()
    assert "請先看旁邊的使用規範，再打勾。" in text(refused)


def test_walks_flag_contact_detail_and_back(couple: Couple) -> None:
    path = looked(couple)
    client = as_("welfare_worker")
    page = client.get(path).content.decode()
    assert "有註記，請打電話談。" in text(page)
    assert "成保組" not in page
    hit = re.search(r"/disclosure/hits/([0-9a-f-]+)/contact", page)[1]  # type: ignore[index]
    client.post(f"/disclosure/hits/{hit}/contact")
    couple.be("welfare_supervisor")
    step = ContactStep.objects.get()
    assert "同仁要聯繫窗口" in as_("welfare_supervisor").get("/disclosure").content.decode()
    as_("welfare_supervisor").post(f"/disclosure/contacts/{step.id}", {"word": "yes"})
    page = client.get(path).content.decode()
    assert "家防中心成保組" in page
    client.post(
        f"{path}/talk",
        {"spoke_with": "成保督導", "spoke_at_day": "115/3/10", "spoke_at_time": "22:00", "agreed": "share"},
    )
    assert "成保督導" in client.get(path).content.decode()
    asked = client.post(f"/disclosure/hits/{hit}/request", {
        "kind": "read", "contents": ["who_serves", "course"], "reason": "要一起訪視", "until_on": "115/4/10",
    })  # fmt: skip
    number = asked["Location"].rsplit("/", 1)[1]
    couple.be("adult_supervisor")
    assert Duty.objects.filter(matter_id=couple.hers, rule_id="disclosure.answer", state="open").exists()
    boss = as_("adult_supervisor")
    assert number in boss.get("/disclosure").content.decode()
    assert as_("visitor").get(f"/disclosure/requests/{number}").status_code == 404
    assert client.post(f"/disclosure/requests/{number}/decide", {"granted": ["course"]}).status_code == 403
    assert boss.post(f"/disclosure/requests/{number}/decide", {"granted": ["special"]}).status_code == 422
    assert (
        boss.post(f"/disclosure/requests/{number}/decide", {"granted": ["course"], "refusal": "not_needed"}).status_code
        == 302
    )
    assert boss.post(f"/disclosure/requests/{number}/decide", {"granted": []}).status_code in (409, 422)
    assert client.get(f"/cases/{couple.number(couple.hers)}").status_code == 200
    assert "看核可的內容" in client.get(f"/disclosure/requests/{number}").content.decode()
    boss.post(f"/disclosure/requests/{number}/withdraw")
    couple.hands.advance(timedelta(seconds=1))
    assert client.get(f"/cases/{couple.number(couple.hers)}").status_code == 404


def test_ends_what_was_granted_with_its_day(couple: Couple) -> None:
    by = couple.be("adult_worker")
    wanted = actions.Wanted("paper", ("course",), "偵查需要", clock.today())
    letter = actions.Letter("望潮地檢署", "望檢字第1號", "joint_service", "law")
    made = actions.register_letter(
        matter_number=couple.number(couple.hers), letter=letter, wanted=wanted, by=by, at=clock.now()
    )
    boss = couple.be("adult_supervisor")
    done = actions.decide_request(
        request_id=made.id, granted=["course"], refusal="", answer="", by=boss, at=clock.now()
    )
    code = queries.request(boss, done.number).code
    assert queries.check_receipt(boss, done.number, code).is_good  # type: ignore[union-attr]
    couple.hands.advance(timedelta(hours=2))
    boss = couple.be("adult_supervisor")
    assert queries.request(boss, done.number).state_words == "期間已過"
    assert not queries.check_receipt(boss, done.number, code).is_good  # type: ignore[union-attr]


@pytest.mark.parametrize("change", [
    {"purpose": "curiosity"}, {"basis": "consent", "purpose": "rescue"}, {"for_number": "C115-0000-0000"},
    {"number": ""}, {"read_rules": ""},
])  # fmt: skip
def test_refuses_a_forged_form_at_its_field(couple: Couple, change: dict[str, str]) -> None:
    given = {"purpose": "joint_service", "basis": "duty", "for_number": couple.number(couple.welfare), "number": HER,
             "read_rules": "on"} | change  # fmt: skip
    answer = as_("welfare_worker").post("/disclosure/look", given)
    assert answer.status_code == 422


def test_takes_no_field_that_the_form_has_not(couple: Couple) -> None:
    path = looked(couple, expires_at="2099-01-01", by="x", network="screening", county="99002", reach="detail")
    couple.be("welfare_worker")
    look = LookUp.objects.get(number=path.rsplit("/", 1)[1])
    assert (look.network, look.county) == ("welfare", "99001")
    assert look.expires_at == NIGHT + timedelta(hours=24)


def test_gives_who_serves_the_other_side_the_same_page_for_nothing_and_closed(couple: Couple) -> None:
    pages, counts = [], []
    for whom in (NOBODY, HER):
        client = as_("visitor")
        path = looked(couple, "visitor", whom, "his", purpose="visit_safety", basis="danger")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path).content.decode()
        counts.append(len(asked.captured_queries))
        own = r"[A-Za-z0-9]{64}|X115-[\d-]+|[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}"  # its token, number and code
        pages.append(re.sub(own, "", page))
    assert pages[0] == pages[1]
    assert counts[0] == counts[1]
    assert "查無註記不代表沒有危險" in pages[0]


def test_says_of_the_man_he_visits_only_that_he_should_ring(couple: Couple) -> None:
    page = (
        as_("visitor")
        .get(looked(couple, "visitor", HIM, "his", purpose="visit_safety", basis="danger"))
        .content.decode()
    )
    assert "安全提醒" in page
    assert "夜間值班台" in page
    for word in ("成保", "施曉嵐", couple.number(couple.hers), "保護服務"):
        assert word not in page


def opened(couple: Couple, key: str = "worker2", **more: str) -> str:
    given = {"reason": "life_threat", "words": "警方在門口", "number": FAMILY} | more
    answer = as_(key).post("/disclosure/openings/new", given)
    assert answer.status_code == 302, text(answer.content.decode())
    return str(answer["Location"])


def test_marks_every_page_read_under_an_opening_with_name_and_time(couple: Couple) -> None:
    assert "watermark" not in as_("worker2").get("/families").content.decode()
    path = opened(couple)
    client = as_("worker2")
    for address in (
        path,
        f"/families/{FAMILY}",
        f"/cases/{couple.number(couple.hers)}",
        f"/people/{couple.her}",
        "/today",
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert page.count("徐意涵　115年3月10日") >= 24, address
        assert "只能看、不能改" in page
    assert "watermark" not in as_("worker").get("/today").content.decode()
    couple.hands.advance(timedelta(hours=4))
    assert "watermark" not in client.get("/today").content.decode()


def test_costs_other_pages_no_statement(couple: Couple) -> None:
    def statements(key: str) -> int:
        client = as_(key)
        client.get("/today")
        with CaptureQueriesContext(connection) as asked:
            client.get("/today")
        return len(asked.captured_queries)

    before = statements("worker2")
    opened(couple)
    assert statements("worker2") == before


def test_prints_nothing_under_it(couple: Couple) -> None:
    opened(couple)
    answer = as_("worker2").post(f"/cases/{couple.number(couple.hers)}/contact", {"summary": "看過了"})
    assert answer.status_code in (403, 404, 422)


def test_is_reviewed_by_the_privacy_officer_with_an_outcome(couple: Couple) -> None:
    path = opened(couple)
    officer = as_("privacy")
    assert "等你覆核" in text(officer.get("/disclosure/openings").content.decode())
    page = officer.get(path).content.decode()
    assert "警方在門口" in page
    assert "施曉嵐" not in page
    assert officer.get(f"/families/{FAMILY}").status_code in (403, 404)
    assert officer.post(f"{path}/review", {"outcome": "misuse"}).status_code == 422
    assert officer.post(f"{path}/review", {"outcome": "justified"}).status_code == 302
    assert "有必要" in as_("worker2").get(path).content.decode()
    for key in ("supervisor", "worker", "chief", "administrator"):
        assert as_(key).get(path).status_code in (403, 404)


def test_lets_a_second_person_agree_from_his_own_log_in(couple: Couple) -> None:
    path = opened(couple)
    as_("worker2").post(f"{path}/safety")
    page = as_("supervisor").get("/disclosure/openings").content.decode()
    second = re.search(r"/disclosure/second/([0-9a-f-]+)", page)[1]  # type: ignore[index]
    assert as_("worker2").post(f"/disclosure/second/{second}", {"is_unrelated": "on"}).status_code == 409
    assert as_("supervisor").post(f"/disclosure/second/{second}", {}).status_code == 422
    assert as_("supervisor").post(f"/disclosure/second/{second}", {"is_unrelated": "on"}).status_code == 302
    couple.be("worker2")
    assert Glass.objects.get().safety_since is not None


def test_asks_for_a_fresh_proof_before_it_opens(couple: Couple) -> None:
    client = as_("worker2")
    session = client.session
    session["proved"] = int((clock.now() - timedelta(hours=1)).timestamp())
    session.save()
    answer = client.post("/disclosure/openings/new", {"reason": "life_threat", "words": "x", "number": FAMILY})
    assert answer.status_code != 302 or "/disclosure/openings/B" not in answer["Location"]
    couple.be("worker2")
    assert not Glass.objects.exists()


def test_notes_that_an_alert_was_seen(couple: Couple) -> None:
    opened(couple)
    couple.be("supervisor")
    alert = Alert.objects.get(to_role="supervising")
    assert as_("adult_supervisor").post(f"/disclosure/alerts/{alert.id}").status_code == 404
    assert as_("supervisor").post(f"/disclosure/alerts/{alert.id}").status_code == 302
    assert Alert.objects.get(id=alert.id).seen_at is not None


def test_gives_figures_as_a_page_and_a_spreadsheet(couple: Couple) -> None:
    assert "這段期間沒有人查詢" in as_("privacy").get("/disclosure/use").content.decode()
    looked(couple)
    page = as_("privacy").get("/disclosure/use").content.decode()
    assert "少於5" in page
    answer = as_("privacy").get("/disclosure/use?since=115/3/1&until=115/3/31&form=ods")
    assert answer["Content-Type"].endswith("spreadsheet")
    assert answer.content[:2] == b"PK"


def test_checks_a_receipt_by_post(couple: Couple) -> None:
    path = looked(couple)
    page = as_("welfare_worker").get(path).content.decode()
    code = re.search(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", page)[0]  # type: ignore[index]
    given = {"number": path.rsplit("/", 1)[1], "code": code}
    assert "收執是真的，現在有效。" in text(
        as_("adult_supervisor").post("/disclosure/receipts", given).content.decode()
    )
    given["code"] = "AAAA-AAAA-AAAA"
    assert "沒有這張收執" in text(as_("adult_supervisor").post("/disclosure/receipts", given).content.decode())


def test_speaks_english(couple: Couple) -> None:
    Account.objects.update(language="en")
    path = looked(couple)
    opened(couple)
    for key, address in (("welfare_worker", "/disclosure"), ("welfare_worker", "/disclosure/look"),
                         ("welfare_worker", path),
                         ("worker2", "/disclosure/openings"), ("worker2", "/disclosure/openings/new"),
                         ("privacy", "/disclosure/use"), ("privacy", "/disclosure/receipts")):  # fmt: skip
        page = as_(key).get(address).content.decode()
        main = text(page[page.index("<main") : page.index("</main>")])
        assert not re.search(r"[\u4e00-\u9fff]", main), (address, re.findall(r"[\u4e00-\u9fff]+", main))
