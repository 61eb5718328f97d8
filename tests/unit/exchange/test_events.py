"""Events of other systems: taken once, signed, fresh, in order; what is not understood is kept and shown."""

from __future__ import annotations

import hmac
import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from anwang.access.viewer import service_viewer
from anwang.audit.models import Act
from anwang.exchange.events import hearing
from anwang.exchange.events.hearing import hear
from anwang.exchange.sending.delivering import deliver
from anwang.exchange.signing import SIGNATURE, TIMESTAMP, sign
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, NotFound, Refused
from anwang.systems.actions import issue_token
from anwang.systems.actions.hearing import settle
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import ACKNOWLEDGED, HANDED_BACK, REPORT_RECEIVED, Coming
from anwang.systems.models import Incoming, IncomingBody, Outgoing
from anwang.systems.timing import window
from tests.unit.exchange.receiver import REPORT, a_system, an_endpoint
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-11-21T09:00+08:00"
ADDRESS = "/api/v1/events"


class Other:
    """Another system, with its token and the secret of its endpoint."""

    def __init__(self, world: World, *scopes: str) -> None:
        self.world, self.system_id = world, a_system()
        by = world.viewer("administrator")
        self.endpoint_id, self.secret = an_endpoint(self.system_id, by)
        self.token = issue_token(
            system_id=self.system_id, scopes=scopes or ("events:write",), expires_on=date(2026, 12, 31), by=by,
            at=clock.now(),
        ).plain  # fmt: skip

    def send(self, event: dict[str, object] | bytes, **changes: object) -> tuple[int, dict[str, object]]:
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        headers = {"Authorization": f"Bearer {self.token}", **sign(self.secret, body, changes.pop("at", clock.now()))}
        answer = Client().post(
            ADDRESS, data=changes.pop("body", body), content_type="application/cloudevents+json",
            headers={**headers, **changes},
        )  # fmt: skip
        return answer.status_code, json.loads(answer.content)


def event(kind: str = ACKNOWLEDGED, **more: object) -> dict[str, object]:
    return {"specversion": "1.0", "id": str(uuid4()), "source": "urn:school", "type": kind, **more}


@pytest.fixture
def hands(at):
    return at(NOW)


@pytest.fixture
def other(hands) -> Other:
    return Other(build_world())


def ours(other: Other) -> Outgoing:
    by = other.world.viewer("screener")
    announce(REPORT_RECEIVED, tell=[Telling("school-board", REPORT, clock.now())], county="99001", by=by)
    return Outgoing.objects.order_by("-id")[0]


def test_notes_that_a_message_of_ours_was_acknowledged(other: Other) -> None:
    row = ours(other)
    status, answer = other.send(event(data={"message": str(row.event_id)}, sequence="1"))
    assert (status, answer["status"]) == (202, "received")
    assert hear() == 1
    row.refresh_from_db()
    assert row.acknowledged_at == clock.now()
    assert Incoming.objects.get().state == Coming.DONE


def test_puts_what_was_handed_back_where_people_see_it(other: Other, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    row = ours(other)
    deliver()
    other.send(event(HANDED_BACK, data={"message": str(row.event_id)}))
    hear()
    row.refresh_from_db()
    assert (row.handed_back_at, row.state, row.because) == (clock.now(), "dead", "handed_back")
    act = Act.objects.get(verb="message.dead")
    assert (act.subject_id, act.details["because"]) == (row.event_id, "handed_back")


def test_answers_the_same_event_alike_and_does_it_once(other: Other, hands) -> None:
    sent = event(data={"message": str(ours(other).event_id)})
    first = other.send(sent)
    hear()
    hands.advance(timedelta(hours=3))
    assert other.send(sent) == first
    assert (hear(), Incoming.objects.count()) == (0, 1)


def test_refuses_the_same_id_with_other_contents(other: Other) -> None:
    sent = event()
    other.send(sent)
    assert other.send({**sent, "subject": "else"})[0] == 409


@pytest.mark.parametrize(("off", "status"), [(-301, 401), (-300, 202), (0, 202), (300, 202), (301, 401)])
def test_takes_nothing_signed_outside_the_window(other: Other, off: int, status: int) -> None:
    answered, answer = other.send(event(), at=clock.now() + timedelta(seconds=off))
    assert answered == status
    assert status == 202 or answer["type"].endswith("stale")


@pytest.mark.parametrize("stamp", ["9" * 12, "9" * 11])
def test_calls_an_instant_beyond_all_years_stale(other: Other, stamp: str) -> None:
    body = json.dumps(event()).encode()
    signature = "v1=" + hmac.digest(other.secret, stamp.encode() + b"." + body, "sha256").hex()
    status, answer = other.send(body, **{TIMESTAMP: stamp, SIGNATURE: signature})
    assert (status, answer["type"].endswith("stale")) == (401, True)


def test_takes_nothing_that_is_not_signed_for_exactly_these_bytes(other: Other) -> None:
    sent = event()
    body = json.dumps(sent).encode()
    wrong = [
        {"body": body + b" "}, {SIGNATURE: ""}, {SIGNATURE: "v1=00"}, {TIMESTAMP: "1"}, {TIMESTAMP: "x"},
        {SIGNATURE: sign(b"another", body, clock.now())[SIGNATURE]},
    ]  # fmt: skip
    for change in wrong:
        status, answer = other.send(body, **change)
        assert (status, answer["type"].rpartition("-")[2]) == (401, "unsigned")
    assert not Incoming.objects.exists()


def test_takes_nothing_without_a_token_for_events(hands) -> None:
    other = Other(build_world(), "reports:write")
    assert other.send(event())[0] == 403
    other.token = "aw_00000000_" + "x" * 43
    assert other.send(event())[0] == 401


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"[]", b"{", b'{"specversion": "1.0"}', json.dumps({**event(), "id": "A100000001"}).encode(),
        json.dumps({**event(), "type": "林怡君"}).encode(), json.dumps({**event(), "sequence": "0"}).encode(),
        json.dumps({**event(), "sequence": "9" * 30}).encode(), json.dumps({**event(), "specversion": "0.3"}).encode(),
        json.dumps({**event(), "time": "2026-13-01T00:00:00Z"}).encode(), json.dumps({**event(), "data": 5}).encode(),
        json.dumps({**event(), "data": {"message": "x"}}).encode(),
    ],
)  # fmt: skip
def test_refuses_what_is_no_event_with_a_problem(other: Other, broken: bytes) -> None:
    status, answer = other.send(broken)
    assert status in (400, 415, 422)
    assert answer["status"] == status
    assert not Incoming.objects.exists()


def test_keeps_an_unknown_event_sealed_and_marks_it(other: Other) -> None:
    other.send(event("org.example.thing.happened", subject="林怡君", data={"name": "林怡君"}))
    hear()
    row = Incoming.objects.get()
    assert (row.state, row.subject, row.event) == (Coming.UNKNOWN, "", "org.example.thing.happened")
    other.world.viewer("administrator")
    assert not IncomingBody.objects.exists(), "nobody but the service reads it"
    service_viewer("events")
    assert "林怡君".encode() not in bytes(IncomingBody.objects.get().sealed)


def test_puts_aside_what_answers_no_message_of_ours(other: Other) -> None:
    other.send(event(data={"message": str(uuid4())}))
    hear()
    row = Incoming.objects.get()
    assert (row.state, row.because) == (Coming.DEAD, "no_such_message")
    by = other.world.viewer("administrator")
    settle(message_id=row.id, reason="sent_by_mistake", by=by, at=clock.now())
    with pytest.raises(Conflict):
        settle(message_id=row.id, reason="sent_by_mistake", by=by, at=clock.now())


def test_lets_nobody_acknowledge_for_another_system(other: Other) -> None:
    row = ours(other)
    second = a_system("another-board")
    by = other.world.viewer("administrator")
    _, other.secret = an_endpoint(second, by)
    other.token = issue_token(
        system_id=second, scopes=("events:write",), expires_on=date(2026, 12, 31), by=by, at=clock.now()
    ).plain
    other.send(event(data={"message": str(row.event_id)}))
    hear()
    row.refresh_from_db()
    assert row.acknowledged_at is None


@pytest.mark.parametrize("who", ["screener", "clerk", "worker", "chief", "screening_supervisor", "ngo_worker"])
def test_lets_only_the_administration_settle(other: Other, who: str) -> None:
    other.send(event("org.example.thing"))
    hear()
    with pytest.raises((Refused, NotFound)):
        settle(message_id=Incoming.objects.get().id, reason="not_needed", by=other.world.viewer(who), at=clock.now())


def test_is_done_with_the_others_when_one_cannot_be_used(other: Other, monkeypatch) -> None:
    row = ours(other)
    other.send(event("org.example.first", sequence="1"))
    other.send(event(data={"message": str(row.event_id)}, sequence="2"))
    real = hearing.understand

    def broken(**given: object) -> str:
        if Incoming.objects.get(id=given["message_id"]).number == 1:
            raise ValueError
        return real(**given)

    monkeypatch.setattr(hearing, "understand", broken)
    assert hear() == 1
    assert [one.state for one in Incoming.objects.order_by("number")] == [Coming.RECEIVED, Coming.DONE]


def test_describes_the_age_of_a_signature_by_the_rule_that_judges_it(hands) -> None:
    document = Client().get("/api/openapi.json").json()
    (stamp, _signature) = document["paths"][ADDRESS]["post"]["parameters"]
    minutes = window(clock.now()) // timedelta(minutes=1)
    assert stamp["description"] == f"Seconds since 1970, at most {minutes} minutes from ours."
