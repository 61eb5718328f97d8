"""Protection orders: what may be registered, when one is in force, who must know, what a breach starts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import end_matter
from anwang.matters.models import Duty
from anwang.protection import actions, queries, rules
from anwang.protection.models import Order, OrderChange, Relay
from anwang.protection.states import Standing
from anwang.web.shell.constraints import sentence
from tests.unit.cases.office import Office
from tests.unit.protection import orders as at_hand

pytestmark = pytest.mark.django_db


def owed(matter_id: object, rule: str) -> Duty | None:
    return Duty.objects.filter(matter_id=matter_id, rule_id=rule, state="open").first()


def local(at: datetime | None) -> str:
    assert at is not None
    return clock.local(at).strftime("%Y-%m-%dT%H:%M")


def test_registers_what_the_court_says_and_whom_it_protects(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    page = queries.order_page(office.be("adult_worker"), order.id)
    assert page.bound == "陳志豪"
    assert set(page.protects) == {"陳小宇", "林佳安"}
    assert [words for words, _article in page.terms] == [
        "禁止騷擾、接觸、跟蹤、通話、通信", "遠離住居所、學校、工作場所（100公尺）", "禁止查閱戶籍、學籍、所得來源",
    ]  # fmt: skip
    assert page.terms[0][1] == "第14條第1項第2款"
    assert page.standing == Standing.IN_FORCE
    assert page.until == "在效，到117年3月8日"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"terms": []}, "terms"),
        ({"terms": ["no_stalking"]}, "terms"),
        ({"kind": "emergency", "ends_on": None, "terms": ["lawyer"]}, "terms"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": date(2028, 3, 10)}, "ends_on"),
        ({"ends_on": date(2026, 3, 8)}, "ends_on"),
        ({"kind": "temporary"}, "ends_on"),
        ({"kind": "divorce"}, "kind"),
        ({"protects": []}, "protects"),
        ({"received_at": at_hand.ISSUED - timedelta(minutes=1)}, "received_at"),
        ({"received_at": at_hand.RECEIVED + timedelta(days=1)}, "received_at"),
        ({"terms": ["no_contact"], "distance_m": 50}, "distance_m"),
    ],
)
def test_refuses_what_no_court_writes(office: Office, wrong: dict[str, object], field: str) -> None:
    case = at_hand.her_case(office)
    with pytest.raises(BadInput) as refused:
        at_hand.registered(office, case.id, **wrong)
    assert refused.value.field == field


def test_refuses_to_protect_him_from_himself(office: Office) -> None:
    case = at_hand.her_case(office)
    with pytest.raises(BadInput):
        at_hand.registered(office, case.id, protects=[office.mother, office.father])


def test_is_registered_once(office: Office) -> None:
    case = at_hand.her_case(office)
    at_hand.registered(office, case.id)
    with pytest.raises(Conflict):
        at_hand.registered(office, case.id)


def test_is_registered_on_her_side_only(office: Office) -> None:
    his = at_hand.his_case(office)
    at_hand.till(office, at_hand.RECEIVED + timedelta(hours=1))
    with pytest.raises(Refused, match="被害人的案件"):
        actions.register_order(
            matter_id=his.id, ordered=at_hand.ordered(office), by=office.be("worker2"), at=clock.now()
        )


def test_is_no_business_of_a_stranger(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    for key in ("worker2", "clerk", "administrator", "nurse", "privacy"):
        viewer = office.be(key)
        with pytest.raises(NotFound):
            queries.order_page(viewer, order.id)
        assert queries.orders(viewer) == ()
        with pytest.raises(NotFound):
            actions.end_order(order_id=order.id, how="revoked", by=viewer, at=clock.now())


@pytest.mark.parametrize(
    ("on", "asked", "standing"),
    [
        (date(2026, 3, 8), None, Standing.NOT_YET),
        (date(2026, 3, 9), None, Standing.IN_FORCE),
        (date(2028, 3, 8), None, Standing.IN_FORCE),
        (date(2028, 3, 9), None, Standing.OVER),
        (date(2028, 3, 8), date(2028, 3, 8), Standing.IN_FORCE),
        (date(2028, 3, 9), date(2028, 3, 8), Standing.PENDING),
        (date(2029, 3, 9), date(2028, 3, 8), Standing.PENDING),
    ],
)
def test_is_in_force_from_its_issue_to_its_last_day_or_the_ruling(
    on: date, asked: date | None, standing: Standing
) -> None:
    order = Order(issued_at=at_hand.ISSUED, ends_on=at_hand.UNTIL, extension_asked_on=asked)
    order.stays_until_ruling = asked is not None and rules.stays_until_ruling("ordinary", at_hand.UNTIL)
    assert rules.standing(order, on) == standing


def test_did_not_stay_in_force_before_the_amendment() -> None:
    assert not rules.stays_until_ruling("ordinary", date(2023, 12, 7))
    assert rules.stays_until_ruling("ordinary", date(2023, 12, 8))
    assert rules.stays_until_ruling("stalking", date(2022, 6, 1))


def test_lets_an_extension_pending_keep_it_in_force_until_the_court_rules(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    assert local(owed(case.id, "order.extension").due_at) == "2028-02-08T00:00"  # type: ignore[union-attr]
    at_hand.till(office, datetime(2028, 3, 8, 16, tzinfo=clock.TAIPEI))
    actions.ask_extension(order_id=order.id, by=office.be("adult_worker"), at=clock.now())
    assert owed(case.id, "order.extension") is None
    assert owed(case.id, "order.safety_plan") is not None
    at_hand.till(office, datetime(2028, 4, 20, 9, tzinfo=clock.TAIPEI))
    by = office.be("adult_worker")
    assert queries.order_page(by, order.id).until == "期滿，聲請延長中仍有效"
    actions.plan_safety(order_id=order.id, words="換手機號碼，學校知道不給接。", by=by, at=clock.now())
    actions.rule_on_extension(order_id=order.id, until=date(2030, 3, 8), by=by, at=clock.now())
    assert queries.order_page(by, order.id).until == "在效，到119年3月8日"
    assert owed(case.id, "order.safety_plan") is None
    assert local(owed(case.id, "order.extension").due_at) == "2030-02-07T00:00"  # type: ignore[union-attr]


def test_refuses_an_extension_asked_a_day_too_late(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    at_hand.till(office, datetime(2028, 3, 9, 9, tzinfo=clock.TAIPEI))
    with pytest.raises(BadInput, match="期滿後不能延長"):
        actions.ask_extension(order_id=order.id, by=office.be("adult_worker"), at=clock.now())


def test_ends_when_the_extension_is_refused_after_its_day(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    by = office.be("adult_worker")
    at_hand.till(office, datetime(2028, 3, 1, 9, tzinfo=clock.TAIPEI))
    actions.ask_extension(order_id=order.id, by=office.be("adult_worker"), at=clock.now())
    at_hand.till(office, datetime(2028, 5, 1, 9, tzinfo=clock.TAIPEI))
    by = office.be("adult_worker")
    actions.rule_on_extension(order_id=order.id, until=None, by=by, at=clock.now())
    page = queries.order_page(by, order.id)
    assert page.is_over
    assert page.standing == Standing.OVER


def test_ends_the_temporary_order_when_the_ordinary_is_issued(office: Office) -> None:
    case = at_hand.her_case(office)
    early = at_hand.registered(
        office, case.id, kind="temporary", number="115年度司暫家護字第9002號", ends_on=None,
        issued_at=at_hand.ISSUED - timedelta(hours=2),
    )  # fmt: skip
    at_hand.registered(office, case.id)
    early.refresh_from_db()
    assert early.ended_how == "ordinary_issued"
    assert early.ended_at == at_hand.ISSUED


def test_leaves_a_stalking_order_alone_when_the_ordinary_is_issued(office: Office) -> None:
    case = at_hand.her_case(office)
    stalking = at_hand.registered(
        office, case.id, kind="stalking", number="115年度跟護字第9001號", terms=["no_stalking"],
    )  # fmt: skip
    at_hand.registered(office, case.id)
    stalking.refresh_from_db()
    assert stalking.ended_at is None


def test_tells_by_its_terms_who_must_know_within_a_day(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    assert {one.receiver for one in Relay.objects.filter(order=order)} == {"police", "school", "registry", "tax"}
    assert local(owed(case.id, "order.relay").due_at) == "2026-03-10T18:00"  # type: ignore[union-attr]


def test_discharges_the_telling_with_the_last_and_asks_for_acknowledgement(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    by = office.be("adult_worker")
    tax = Relay.objects.get(order=order, receiver="tax")
    actions.not_needed(relay_id=tax.id, words="她沒有所得資料在外。", by=by, at=clock.now())
    police = Relay.objects.get(order=order, receiver="police")
    with pytest.raises(BadInput, match="警察"):
        actions.not_needed(relay_id=police.id, words="不用", by=by, at=clock.now())
    at_hand.tell_all(office, order)
    assert owed(case.id, "order.relay") is None
    assert owed(case.id, "order.acknowledgement") is not None
    by = office.be("adult_worker")
    for relay in Relay.objects.filter(order=order, not_needed=""):
        actions.acknowledge(relay_id=relay.id, who="值日員", by=by, at=clock.now())
    assert owed(case.id, "order.acknowledgement") is None


def test_names_the_station_or_school_in_the_safety_zone_only(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    at_hand.tell_all(office, order)
    assert set(queries.told_places(office.be("adult_worker"), order.id).values()) == {"隱山分局"}
    supervisor = office.be("adult_supervisor")
    assert queries.order_page(supervisor, order.id).bound == "陳志豪"
    assert queries.told_places(supervisor, order.id) == {}


def test_tells_everybody_again_when_the_court_changes_it(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    at_hand.tell_all(office, order)
    actions.change_order(
        order_id=order.id, terms=["no_contact", "treatment"], words="增加處遇計畫", by=office.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip
    waiting = Relay.objects.filter(order=order, told_at=None).values_list("receiver", flat=True)
    assert set(waiting) == {"police", "health"}
    assert owed(case.id, "order.relay") is not None
    assert [one.kind for one in OrderChange.objects.filter(order=order).order_by("recorded_at", "id")] == [
        "registered", "changed",
    ]  # fmt: skip


def test_starts_telling_the_police_and_looking_at_the_danger_when_it_is_broken(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    office.hands.advance(timedelta(days=1))
    by = office.be("adult_worker")
    broken = actions.note_violation(
        order_id=order.id, terms=["keep_away"], words="在學校門口等。", happened_at=clock.now() - timedelta(hours=2),
        by=by, at=clock.now(),
    )  # fmt: skip
    duty = owed(case.id, "order.violation_report")
    assert duty is not None
    assert duty.due_at - clock.now() == timedelta(hours=24)
    assert owed(case.id, "order.danger_again") is not None
    actions.answer_violation(
        violation_id=broken.id, then="police_told", words="隱山分局，案號9001", by=by, at=clock.now()
    )
    assert owed(case.id, "order.violation_report") is None
    assert owed(case.id, "order.danger_again") is not None
    assert queries.order_page(by, order.id).broken[0].is_offence


def test_refuses_a_breach_of_a_term_it_does_not_have(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    with pytest.raises(BadInput):
        actions.note_violation(
            order_id=order.id, terms=["move_out"], words="沒搬。", happened_at=clock.now(),
            by=office.be("adult_worker"), at=clock.now(),
        )  # fmt: skip


def test_voids_what_was_owed_when_it_ends(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    by = office.be("adult_worker")
    with pytest.raises(BadInput, match="還沒期滿"):
        actions.end_order(order_id=order.id, how="expired", by=by, at=clock.now())
    actions.end_order(order_id=order.id, how="revoked", by=by, at=clock.now())
    assert not Duty.objects.filter(matter_id=case.id, rule_id__startswith="order.", state="open").exists()
    with pytest.raises(Conflict):
        actions.serve(order_id=order.id, by=by, at=clock.now())


def test_marks_what_ends_within_sixty_days(office: Office) -> None:
    case = at_hand.her_case(office)
    at_hand.registered(office, case.id)
    assert not queries.orders(office.be("adult_worker"))[0].is_ending
    at_hand.till(office, datetime(2028, 1, 8, 9, tzinfo=clock.TAIPEI))
    assert queries.orders(office.be("adult_worker"))[0].is_ending


def test_holds_its_case_open_until_it_is_in_force_no_more(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id)
    by = office.be("adult_supervisor")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        end_matter(matter_id=case.id, how="closed", at=clock.now(), by=by)
    assert "改追蹤到期滿" in str(sentence(refused.value))
    assert Duty.objects.filter(matter_id=case.id, rule_id="order.extension", state="open").exists()
    office.hands.advance(timedelta(minutes=1))
    actions.end_order(order_id=order.id, how="revoked", at=clock.now(), by=office.be("adult_worker"))
    end_matter(matter_id=case.id, how="closed", at=clock.now(), by=office.be("adult_supervisor"))


def test_lets_a_case_close_once_its_order_has_run_out(office: Office) -> None:
    case = at_hand.her_case(office)
    order = at_hand.registered(office, case.id, ends_on=date(2026, 6, 30))
    assert order.ends_on is not None
    at_hand.till(office, clock.now() + (order.ends_on - clock.local(clock.now()).date()) + timedelta(days=1))
    end_matter(matter_id=case.id, how="closed", at=clock.now(), by=office.be("adult_supervisor"))
