"""Meetings, decisions, listings, rooms and reviews by hand: every form once, and what each side's pages say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anwang.cases.models import Case
from anwang.conferences.models import Decision, HighRisk, Invitation, Part, Proposal, RoomMember
from anwang.foundation import clock
from anwang.matters.models import Matter
from tests.pages.cases.test_case_pages import as_
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.conferences import table as at_hand
from tests.world import build_world

pytestmark = pytest.mark.django_db
KEEPS, HERS, HIS = "worker2", "adult_worker", "welfare_worker"


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    office = open_office(build_world(), at(NIGHT + LATER))
    at_hand.add_people(office.world)
    return office


@pytest.fixture
def case(office: Office) -> Case:
    return at_hand.her_case(office)


def instant(prefix: str, then: datetime) -> dict[str, str]:
    here = clock.local(then)
    return {f"{prefix}_day": f"{here.year - 1911}年{here.month}月{here.day}日", f"{prefix}_time": f"{here:%H:%M}"}


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return body


def number_of(kind: str) -> str:
    return Matter.objects.filter(kind=kind).latest("recorded_at").number


def called(office: Office) -> str:
    send(as_(KEEPS), "/meetings/new", sort="high_risk", title="115年3月高危機個案網絡會議", place="縣府",
         chair_id=str(office.workers["adult_supervisor"]), **instant("meets_at", at_hand.MEETS),
         **instant("ends_at", at_hand.ENDS))  # fmt: skip
    return f"/meetings/of/{number_of('meeting')}"


def laid(office: Office, case: Case) -> str:
    """A meeting with both sides of the couple on its agenda, through the pages."""
    his = at_hand.his_case(office)
    path = called(office)
    for who, file in ((HERS, case), (HIS, his)):
        number = Matter.objects.get(id=file.id).number
        send(as_(who), f"/meetings/propose/{number}", sort="high_risk", to_unit_id=str(office.units["protection"]),
             because=f"{who}要討論分工")  # fmt: skip
    office.be(KEEPS)
    for proposal in list(Proposal.objects.all()):
        send(as_(KEEPS), f"{path}/take/{proposal.id}")
    return path


def part(office: Office, circle: str) -> Part:
    office.be(KEEPS)
    return Part.objects.get(circle=circle)


def test_plays_a_meeting_through_its_pages(office: Office, case: Case) -> None:
    path = laid(office, case)
    send(as_(KEEPS), f"{path}/topic", title="上個月降危情形")
    for who, side in (("police", "hers"), ("ngo_worker", "his")):
        send(as_(KEEPS), f"{path}/invite", worker_id=str(office.workers[who]), side=side, unit_id="", guest="")
    office.be(KEEPS)
    asked = {one.worker_id: one.id for one in Invitation.objects.all()}
    mine = asked[office.workers["police"]]
    assert "1份開會通知" in text(as_("police"), "/meetings")
    send(as_("police"), f"/meetings/invitations/{mine}", says="video", words="")
    absent = asked[office.workers["ngo_worker"]]
    send(as_(KEEPS), f"/meetings/invitations/{absent}/for", says="writes", how="phone", words="王主任來電")
    office.hands.advance(at_hand.ENDS + timedelta(hours=1) - clock.now())
    send(as_(KEEPS), f"{path}/held", **instant("held_at", at_hand.MEETS), **instant("over_at", at_hand.ENDS),
         **{f"came_{mine.hex}": "video", f"came_{absent.hex}": "letter"})  # fmt: skip
    hers, his = part(office, "victim"), part(office, "other")
    send(as_(KEEPS), f"{path}/minute?part={hers.id}", section="risk", text="她說夜裡最怕")
    send(as_(KEEPS), f"{path}/minute?part={his.id}", section="units", text="他規律回診")
    send(as_(KEEPS), f"{path}/minute", section="opening", text="主席致詞略")
    send(as_(KEEPS), f"{path}/decide?part={hers.id}", word="resolution", number="一", text="兩週內訂安全計畫",
         unit_id=str(office.units["adult"]), worker_id=str(office.workers[HERS]), parent_id="", deliverable="計畫一份",
         due_on="115年4月2日", due_words="兩週內")  # fmt: skip
    sheet = text(as_(KEEPS), f"{path}/sheet?side=his")
    assert "他規律回診" in sheet
    assert "她說夜裡最怕" not in sheet
    send(as_(KEEPS), f"{path}/confirm")
    send(as_(KEEPS), f"/meetings/invitations/{absent}/relay", how="公文望家字第9號")
    send(as_("ngo_worker"), f"/meetings/invitations/{absent}/received", own="1")
    assert "決議都送到了" in text(as_(KEEPS), path)
    send(as_(KEEPS), f"{path}/close")
    _follow_up(office)


def _follow_up(office: Office) -> None:
    """Her worker reports, the chair rules with a condition, and the condition is owed."""
    path = f"/decisions/{number_of('decision')}"
    assert "兩週內訂安全計畫" in text(as_(HERS), path)
    assert as_(HIS).get(path).status_code == 404
    send(as_(HERS), f"{path}/report", words="計畫訂好了", evidence="訪視115年3月25日", proposes="released")
    assert "等你裁示" in text(as_("adult_supervisor"), "/meetings")
    send(as_("adult_supervisor"), f"{path}/rule", state="condition", condition="半年後再確認一次", because="",
         next_on="115年9月30日")  # fmt: skip
    office.be("adult_supervisor")
    states = dict(Decision.objects.values_list("text", "state"))
    assert states == {"兩週內訂安全計畫": "condition", "半年後再確認一次": "tracked"}
    assert "辦完1項" in text(as_("adult_supervisor"), "/meetings")


def test_tells_his_side_nothing_of_hers(office: Office, case: Case) -> None:
    path = laid(office, case)
    send(as_(KEEPS), f"{path}/invite", worker_id=str(office.workers[HIS]), side="hers", unit_id="", guest="")
    body = text(as_(HIS), path)
    office.be(KEEPS)
    her_number = Matter.objects.get(id=case.id).number
    assert "陳志豪" in body
    assert "welfare_worker要討論分工" in body
    assert "第1案" in body
    for hidden in ("林佳安", her_number, "adult_worker要討論分工", "被害人側</span>"):
        assert hidden not in body
    assert "林佳安" in text(as_(HERS), path) if as_(HERS).get(path).status_code == 200 else True


def test_is_no_page_for_a_stranger(office: Office, case: Case) -> None:
    path = laid(office, case)
    assert as_("prosecutor").get(path).status_code == 404
    assert as_("nurse").get(f"{path}/sheet").status_code == 404


def test_lists_and_refuses_to_take_off_without_a_test(office: Office, case: Case) -> None:
    number = Matter.objects.get(id=case.id).number
    path = f"/high-risk/of/{number}"
    send(as_(HERS), f"{path}/list", person_id=str(office.mother), danger_result="high", applies="yes", danger_now="no",
         ground="rule", because="回報高危險", to_unit_id=str(office.units["protection"]))  # fmt: skip
    assert "列管高危機中" in text(as_(HERS), path)
    office.be(HERS)
    listing = HighRisk.objects.get()
    answer = as_(HERS).post(f"{path}/{listing.id}/end", {"how": "lower", "because": "穩定", "retest_id": "",
                                                         "decision_id": ""})  # fmt: skip
    assert answer.status_code == 422
    assert "重測" in answer.content.decode()
    assert "高危機列管中" in text(as_(HERS), f"/cases/{number}")


def test_opens_a_room_and_seals_it(office: Office, case: Case) -> None:
    number = Matter.objects.get(id=case.id).number
    ends = clock.now() + timedelta(hours=12)
    send(as_(HERS), f"/urgent-rooms/new/{number}", purpose="violence", basis="life", words="今晚怎麼守",
         prosecutor="望潮地檢署管檢察官", **instant("ends_at", ends))  # fmt: skip
    path = f"/urgent-rooms/{number_of('urgent_room')}"
    assert "還沒有記報請檢察官" in text(as_(HERS), path)
    send(as_(HERS), f"{path}/member", role="police", worker_id=str(office.workers["police"]), guest="")
    assert "林佳安" in text(as_("police"), path)
    assert as_("police").get(f"/cases/{number}").status_code == 404
    send(as_("police"), f"{path}/say", text="巡邏加強", member_id="")
    send(as_(HERS), f"{path}/step", step="prosecutor_asked", text="電話報請", member_id="")
    assert "還沒有記報請檢察官" not in text(as_(HERS), path)
    office.be(HERS)
    guest = RoomMember.objects.get(role="prosecutor").id
    send(as_(HERS), f"{path}/step", step="directs", text="指揮偵辦", member_id=str(guest))
    send(as_(HERS), f"{path}/file", file=SimpleUploadedFile("傷單.txt", b"x", content_type="text/plain"))
    href = re.search(r'href="(/urgent-rooms/files/[^"]+)"', text(as_("police"), path))
    assert href
    assert as_("police").get(href[1]).content == b"x"
    send(as_(HERS), f"{path}/decide", word="conclusion", number="一", text="每兩小時巡一次", parent_id="", worker_id="",
         unit_id=str(office.units["police"]), deliverable="", due_on="115年3月9日", due_words="")  # fmt: skip
    send(as_(HERS), f"{path}/extend", because="人還沒找到", **instant("until", ends + timedelta(hours=6)))
    send(as_(HERS), f"{path}/seal", outcome="她在親戚家，警方每日聯繫")
    office.hands.advance(timedelta(seconds=1))
    assert as_("police").get(path).status_code == 404
    body = text(as_(HERS), path)
    assert "已封存" in body
    assert "寫進戰情室" not in body


def test_reviews_an_incident_day_by_day(office: Office, case: Case) -> None:
    number = Matter.objects.get(id=case.id).number
    office.hands.advance(timedelta(days=3))
    happened, known = clock.now() - timedelta(days=1), clock.now() - timedelta(hours=2)
    send(as_("welfare_supervisor"), "/incident-reviews/new", kind="adult_death", because="釐清誰知道什麼",
         numbers=number, reviewers=[str(office.workers["welfare_supervisor"])], **instant("happened_at", happened),
         **instant("known_at", known))  # fmt: skip
    path = f"/incident-reviews/{number_of('incident_review')}"
    body = text(as_("welfare_supervisor"), f"{path}?as_of=2026-03-08")
    assert "當時知道的事" in body
    assert "成立" in body
    assert "還沒有登錄任何事" in text(as_("welfare_supervisor"), f"{path}?as_of=2026-03-06")
    assert as_(HERS).get(path).status_code == 404
    assert as_("adult_supervisor").get(path).status_code == 404
    send(
        as_("welfare_supervisor"), f"{path}/finding", kind="not_known", text="警方知道，承辦人不知道", on="115年3月8日"
    )
    send(as_("welfare_supervisor"), f"{path}/improve", word="conclusion", number="1", text="夜間通報同步告知承辦人",
         parent_id="", unit_id=str(office.units["intake"]), worker_id="", deliverable="流程一份",
         due_on="115年5月31日", due_words="")  # fmt: skip
    send(as_("welfare_supervisor"), f"{path}/reviewer", worker_id=str(office.workers["welfare_worker"]))
    send(as_("welfare_supervisor"), f"{path}/hand-in")
    send(as_("welfare_supervisor"), f"{path}/close")
    assert "夜間通報同步告知承辦人" in text(as_("screening_supervisor"), f"/decisions/{number_of('decision')}")


@pytest.mark.parametrize("who", ["worker2", "prosecutor", "ngo_worker", "chief", "screener", "supervisor"])
def test_opens_the_desk_for_everybody_it_is_for(office: Office, who: str) -> None:
    assert "功效看決議，不看場次" in text(as_(who), "/meetings")
