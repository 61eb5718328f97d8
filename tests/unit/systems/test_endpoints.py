"""Endpoints of a system that several counties use: each county keeps its own, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from anwang.access.viewer import Viewer
from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.intake.actions.answering import OUR_FORMS
from anwang.matters.promises import keep
from anwang.systems.actions import register_system, retire_system
from anwang.systems.actions.endpoints import end_endpoint, open_endpoint, try_out
from anwang.systems.actions.registry import OURS
from anwang.systems.actions.sending import drop_what_has_no_address
from anwang.systems.events import TRIAL, Going
from anwang.systems.models import Endpoint, Outgoing, System
from tests.world import World, build_world


@pytest.fixture
def by(db: None, at: Callable[..., object]) -> Viewer:
    at("2026-05-20T09:00+08:00")
    world: World = build_world()
    return world.viewer("administrator")


@pytest.fixture
def national(by: Viewer) -> UUID:
    return registered(by, "police").id


def registered(by: Viewer, code: str):  # type: ignore[no-untyped-def]
    return register_system(
        code=code, name="全國系統", agency="中央機關", reach="national", channels=("webhook",), contact_unit="資訊室",
        by=by, at=clock.now(),
    )  # fmt: skip


def opened(system_id: UUID, by: Viewer, address: str = "") -> UUID:
    row, _secret = open_endpoint(
        system_id=system_id, county=by.county, kind="webhook" if address else "file", address=address, events=[TRIAL],
        by=by, at=clock.now(),
    )  # fmt: skip
    return row.id


@pytest.mark.parametrize("act", [end_endpoint, try_out])
def test_lets_no_other_county_touch_an_endpoint(by: Viewer, national: UUID, act: Callable[..., object]) -> None:
    theirs = opened(national, replace(by, county="99002"))
    with pytest.raises(NotFound):
        act(endpoint_id=theirs, by=by, at=clock.now())
    assert Endpoint.objects.get(id=theirs).ends_at is None
    assert not Outgoing.objects.exists()


def test_tries_out_the_endpoint_asked_for_and_no_other(by: Viewer, national: UUID) -> None:
    opened(national, by)
    asked = opened(national, by, "https://police.example/anwang")
    try_out(endpoint_id=asked, by=by, at=clock.now())
    assert [row.endpoint_id for row in Outgoing.objects.all()] == [asked]


@pytest.mark.parametrize(
    "address",
    ["https://主機.example：8443/", "https://[abc", "https://[abc]/", "https://a.example:port/", "http://a.example/"],
)
def test_opens_no_endpoint_at_an_address_that_cannot_be_read(by: Viewer, national: UUID, address: str) -> None:
    with pytest.raises(BadInput) as refused:
        opened(national, by, address)
    assert refused.value.field == "address"


def test_records_what_was_given_up_with_an_endpoint_that_ended_meanwhile(by: Viewer, national: UUID) -> None:
    asked = opened(national, by)
    try_out(endpoint_id=asked, by=by, at=clock.now())
    Endpoint.objects.filter(id=asked).update(ends_at=clock.now())
    assert drop_what_has_no_address(by=by, at=clock.now()) == 1
    row = Outgoing.objects.get()
    act = Act.objects.get(verb="message.given_up")
    assert (row.state, act.subject_id, act.details) == (Going.GIVEN_UP, row.event_id, {"reason": "endpoint_gone"})


def test_retires_no_system_while_another_county_only_receives_from_it(by: Viewer, national: UUID) -> None:
    theirs = opened(national, other := replace(by, county="99002"))
    with pytest.raises(Conflict, match=r"^青嵐縣還在用這個系統。請他們先撤銷憑證、停用端點。$"):
        retire_system(system_id=national, by=by, at=clock.now())
    assert Endpoint.objects.get(id=theirs).ends_at is None
    end_endpoint(endpoint_id=theirs, by=other, at=clock.now())
    assert retire_system(system_id=national, by=by, at=clock.now()) == (0, 0)


def test_ends_its_own_endpoints_with_a_system_and_says_what_is_given_up(by: Viewer, national: UUID) -> None:
    mine = opened(national, by)
    try_out(endpoint_id=mine, by=by, at=clock.now())
    assert retire_system(system_id=national, by=by, at=clock.now()) == (1, 1)
    assert Endpoint.objects.get(id=mine).ends_at == clock.now()
    assert Outgoing.objects.values_list("state", "given_up").get() == (Going.GIVEN_UP, "endpoint_gone")
    verbs = Act.objects.filter(subject_id__in=[mine, national]).order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["endpoint.ended", "system.retired"]


def test_keeps_no_live_endpoint_of_a_retired_system(by: Viewer, national: UUID) -> None:
    opened(national, by)
    with pytest.raises(IntegrityError, match="endpoint_live_only_while_its_system_is"):
        retired_over_it(national)


@transaction.atomic
def retired_over_it(system_id: UUID) -> None:
    System.objects.filter(id=system_id).update(retired_at=clock.now())
    keep()


@pytest.mark.parametrize("code", [*sorted(OURS), "fhir-0011", " Roster "])
def test_gives_no_system_the_name_under_which_we_send_ourselves(by: Viewer, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        registered(by, code)
    assert refused.value.field == "code"


def test_keeps_every_form_of_ours_from_being_a_systems_name() -> None:
    assert {"form", "public", "roster"} <= set(OUR_FORMS) <= OURS
