"""The system that sent a report hears how it fares: a class, never a result, and never past receipt for a party."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.access.viewer import service_viewer
from anwang.exchange.sending.messages import KEYS, fields
from anwang.intake import actions
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.intake.queries.progress import progress_of
from anwang.matters import actions as kernel
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.systems.actions.sending import number_waiting
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED, REPORT_RECEIVED
from anwang.systems.models import Endpoint, Outgoing
from anwang.systems.queries.sending import next_message
from tests.unit.exchange.receiver import a_system, an_endpoint
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-06 10:00")
CANARIES = ("王小恩", "陳老師", "手上有傷", "A100001234", "0900-000-777", "望潮縣無名路9001號")


@pytest.fixture
def world(at) -> World:
    at(NOW)
    world = build_world()
    an_endpoint(a_system(), world.viewer("administrator"))
    return world


def sent(world: World, *, sender: str = "school-board", category: str = "education") -> Report:
    child = PersonIn(
        role="child", name="王小恩", age_text="9歲", identifiers=(("other", "A100001234"),), phones=("0900-000-777",),
        addresses=(("living", "望潮縣無名路9001號"),),
    )  # fmt: skip
    report = told(
        "2026-03-06 10:00", "手上有傷", child, reporter=ReporterIn(name="陳老師", category=category),
        originals=(OriginalIn(b"{}", "application/json"),), mandated="yes",
    )  # fmt: skip
    return actions.receive_report(report=report, by=world.viewer("screener"), sender=sender, key="n:1")


def decide(world: World, report: Report) -> None:
    actions.dispatch(
        report_id=report.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=[ReportPerson.objects.get(report=report).person_id], by=world.viewer("screener"), at=NOW,
    )  # fmt: skip


def close(world: World, report: Report) -> None:
    for step in Duty.objects.filter(matter_id=report.id, state="open", is_auto=False):
        by = world.viewer("screening_supervisor")
        kernel.excuse(duty_id=step.id, reason="not_needed", by=by, at=NOW)
        actions.end_when_nothing_is_owed(duty_id=step.id, by=by, at=NOW)


def events() -> list[tuple[str, str]]:
    return [(row.event, row.data["class"]) for row in Outgoing.objects.order_by("id")]


def test_tells_the_sender_that_it_was_received_decided_and_closed(world: World) -> None:
    report = sent(world)
    decide(world, report)
    close(world, report)
    assert events() == [
        (REPORT_RECEIVED, "received"), (REPORT_DECIDED, "being_handled"), (REPORT_CLOSED, "handled"),
    ]  # fmt: skip
    assert set(Outgoing.objects.values_list("matter_id", flat=True)) == {report.id}


@pytest.mark.parametrize("category", ["family", "self", "anonymous", "unknown", ""])
def test_tells_a_party_no_more_than_receipt(world: World, category: str) -> None:
    report = sent(world, category=category)
    decide(world, report)
    close(world, report)
    assert [event for event, _ in events()] == [REPORT_RECEIVED]
    by = replace(service_viewer("api:school-board"), county="99001")
    told_ = progress_of(by, Matter.objects.values_list("number", flat=True).get(id=report.id), "school-board")
    assert told_ is not None
    assert told_.word == "received"


def test_tells_nobody_of_a_report_that_no_system_sent(world: World) -> None:
    decide(world, sent(world, sender=""))
    decide(world, sent(world, sender="a-file-from-somewhere"))
    assert events() == []


def test_names_nobody_in_any_message(world: World) -> None:
    report = sent(world)
    decide(world, report)
    close(world, report)
    by = world.viewer("administrator")
    endpoint = Endpoint.objects.get()
    number_waiting(endpoint_id=endpoint.id, by=by, at=NOW)
    for row in Outgoing.objects.order_by("number"):
        message = next_message(by, endpoint.id)
        assert message is not None
        assert tuple(fields(message)) == KEYS
        text = json.dumps(fields(message), ensure_ascii=False)
        assert not [one for one in CANARIES if one in text]
        assert set(message.data) == {"class"}
        Outgoing.objects.filter(id=row.id).update(state="given_up", given_up="not_needed")


@pytest.mark.parametrize("subject", ["王小恩", "A100001234", "0900-000-777x", "", "a-b", "T115-4829-1307 王"])
def test_lets_the_database_refuse_a_subject_that_could_be_somebody(world: World, subject: str) -> None:
    by = world.viewer("screener")
    with pytest.raises(IntegrityError, match="message_is_about_a_number"), transaction.atomic():
        announce(REPORT_RECEIVED, tell=[Telling("school-board", subject, NOW)], county="99001", by=by)


@pytest.mark.parametrize(
    "data",
    [
        '{"name": "x"}',
        '{"class": "王小恩"}',
        '{"class": {"a": "b"}}',
        '{"class": 5}',
        '{"class": "A B"}',
        '["x"]',
        '"x"',
    ],
)
def test_lets_the_database_refuse_data_in_which_a_name_would_fit(world: World, data: str) -> None:
    by = world.viewer("screener")
    announce(REPORT_RECEIVED, tell=[Telling("school-board", "T115-4829-1307", NOW)], county="99001", by=by)
    copy = """INSERT INTO systems_outgoing (event_id, endpoint_id, event, subject, data, at, recorded_at, state, tries,
              because, given_up) SELECT gen_random_uuid(), endpoint_id, event, subject, %s::jsonb, at, recorded_at,
              state, tries, because, given_up FROM systems_outgoing"""
    with connection.cursor() as cursor:
        cursor.execute(copy, ['{"class": "received"}'])
    with (
        pytest.raises(IntegrityError, match="message_says_codes_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(copy, [data])
