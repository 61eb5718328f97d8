"""A placement after its 72 hours: the court is asked, decides, decides again; and nobody forgets that it expires."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from anwang.audit.models import Act
from anwang.cases.actions import continue_placement, end_placement, record_notice
from anwang.cases.models import Case, Placement
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.matters.models import Duty, Matter
from tests.pages.cases.test_case_pages import as_
from tests.unit.cases.office import Office
from tests.unit.cases.test_clocks import placed

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 24)


@pytest.fixture
def placement(office: Office) -> Placement:
    case: Case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    return placed(office, case)


def ask_the_court(office: Office, placement: Placement) -> None:
    record_notice(
        matter_id=placement.id, kind="petition", to_whom="望潮地方法院", way="letter", number="望社字第1號",
        sent_at=clock.now(), by=office.be("worker"),
    )  # fmt: skip


def go_on(office: Office, placement: Placement, until: date = JULY) -> None:
    continue_placement(
        placement_id=placement.id, until=until, order_number="115護字第1號", by=office.be("worker"), at=clock.now()
    )  # fmt: skip


def owed(placement: Placement) -> dict[str, datetime]:
    found = Duty.objects.filter(matter_id=placement.id, state="open", rule_id__startswith="placement.")
    return {duty.rule_id.partition(".")[2]: clock.local(duty.due_at) for duty in found}


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.TAIPEI) + timedelta(days=1)


def test_the_limit_is_met_when_the_court_is_asked_and_its_answer_is_followed_up(
    office: Office, placement: Placement
) -> None:
    office.hands.advance(timedelta(hours=60))
    ask_the_court(office, placement)
    assert "emergency_limit" not in owed(placement)
    assert owed(placement)["ruling"] == midnight_after(clock.today() + timedelta(days=14))


def test_a_plain_notice_to_the_court_does_not_meet_the_limit(office: Office, placement: Placement) -> None:
    record_notice(
        matter_id=placement.id, kind="court", to_whom="望潮地方法院", way="letter", number="望社字第2號",
        sent_at=clock.now(), by=office.be("worker"),
    )  # fmt: skip
    assert "emergency_limit" in owed(placement)
    assert "notice_court" not in owed(placement)


def test_a_ruling_starts_the_days_before_its_end(office: Office, placement: Placement) -> None:
    office.hands.advance(timedelta(hours=60))
    ask_the_court(office, placement)
    go_on(office, placement)
    due = owed(placement)
    assert due["extension_assessed"] == midnight_after(date(2026, 7, 9))
    assert due["extension_petition"] == midnight_after(date(2026, 7, 17))
    assert due["term"] == midnight_after(JULY)
    assert "ruling" not in due


def test_an_extension_counts_from_its_own_end(office: Office, placement: Placement) -> None:
    go_on(office, placement)
    office.hands.advance(timedelta(days=120))
    ask_the_court(office, placement)
    assert not {"extension_petition", "term"} & owed(placement).keys()
    go_on(office, placement, date(2026, 10, 24))
    assert owed(placement)["term"] == midnight_after(date(2026, 10, 24))
    assert owed(placement)["extension_petition"] == midnight_after(date(2026, 10, 17))


def test_a_placement_that_ended_expires_no_more(office: Office, placement: Placement) -> None:
    go_on(office, placement)
    end_placement(placement_id=placement.id, reason="ended", by=office.be("worker"), at=clock.now())
    assert not {"term", "extension_assessed", "extension_petition"} & owed(placement).keys()


def test_a_term_does_not_end_before_the_placement_began(office: Office, placement: Placement) -> None:
    with pytest.raises(BadInput) as wrong:
        go_on(office, placement, clock.today() - timedelta(days=2))
    assert wrong.value.field == "until"


def test_the_ruling_counts_from_when_it_became_known(office: Office, placement: Placement) -> None:
    office.hands.advance(timedelta(hours=40))
    ask_the_court(office, placement)
    known = clock.local(clock.now() + timedelta(hours=2))
    office.hands.advance(timedelta(hours=30))
    address = f"/cases/{Matter.objects.get(id=placement.case_id).number}/placement/{placement.id}/continue"
    day, client = f"{known:%Y/%m/%d}", as_("worker")
    given = {"until": "115/7/24", "order_number": "115護字第1號", "at_day": day, "at_time": f"{known:%H:%M}"}
    tomorrow = f"{known + timedelta(days=1):%Y/%m/%d}"
    for wrong in ({"ruled_on": tomorrow}, {"ruled_on": day, "at_day": "115/7/1"}, {"ruled_on": ""}):
        assert client.post(address, given | wrong).status_code == 422
    assert client.post(address, given | {"ruled_on": day}).status_code == 302
    told = Act.objects.get(verb="placement.continued")
    assert clock.local(told.at) == known.replace(second=0, microsecond=0)
    assert told.details["ruled_on"] == f"{known:%Y-%m-%d}"
    assert "ruling" not in owed(placement)


def test_a_petition_names_its_placement(office: Office, placement: Placement) -> None:
    with pytest.raises(BadInput) as wrong:
        record_notice(
            matter_id=placement.case_id, kind="petition", to_whom="望潮地方法院", way="fax", sent_at=clock.now(),
            by=office.be("worker"),
        )  # fmt: skip
    assert wrong.value.field == "about"


def test_the_page_leads_from_a_placement_to_its_petition(office: Office, placement: Placement) -> None:
    client, address = as_("worker"), f"/cases/{Matter.objects.get(id=placement.case_id).number}"
    page = client.get(address).content.decode()
    (way,) = re.findall(rf'href="({address}/notice\?about={placement.id}&amp;kind=petition)"', page)
    form = client.get(way.replace("&amp;", "&")).content.decode()
    assert re.search(rf'value="{placement.id}"[^>]*checked', form)
    assert re.search(r'value="petition"[^>]*checked', form)
