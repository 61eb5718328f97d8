"""An order of a court about the parents of the night, and short words to work on it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.cases.actions import NewSubject
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.protection import actions
from anwang.protection.models import Order, Relay
from tests.unit.cases.office import Office

ISSUED = datetime(2026, 3, 9, 15, tzinfo=clock.TAIPEI)
RECEIVED = ISSUED + timedelta(hours=3)
UNTIL = date(2028, 3, 8)


def her_case(office: Office) -> Case:
    """The mother's case, held by 賴思穎 of adult protection."""
    return office.child_case(
        kind="intimate_violence", circle="victim", unit="adult", worker="adult_worker",
        subjects=[NewSubject(office.mother, "victim")], has_child="no",
    )  # fmt: skip


def his_case(
    office: Office, *, kind: str = "mental_health", circle: str = "other", worker: str = "worker2", **options: object
) -> Case:
    """A case about the father, held by 徐意涵 unless somebody else is named."""
    return office.child_case(
        kind=kind, circle=circle, worker=worker, subjects=[NewSubject(office.father, "other_party")],
        has_child="no", **options,
    )  # type: ignore[arg-type]  # fmt: skip


def till(office: Office, then: datetime) -> None:
    """Time goes on until then, if it is not that late yet."""
    if then > clock.now():
        office.hands.advance(then - clock.now())


def ordered(office: Office, **options: object) -> actions.Ordered:
    """The ordinary order of the night; `options` overrides."""
    given: dict[str, object] = {
        "kind": "ordinary", "court": "望潮地方法院", "number": "115年度家護字第9001號", "bound": office.father,
        "protects": [office.mother, office.boy], "terms": ["no_contact", "keep_away", "no_records"],
        "issued_at": ISSUED, "received_at": RECEIVED, "ends_on": UNTIL, "distance_m": 100,
    }  # fmt: skip
    return actions.Ordered(**{**given, **options})  # type: ignore[arg-type]


def registered(office: Office, case_id: UUID, **options: object) -> Order:
    """The order on her case, registered by her worker when it came."""
    till(office, RECEIVED + timedelta(minutes=10))
    by = office.be("adult_worker")
    return actions.register_order(matter_id=case_id, ordered=ordered(office, **options), by=by, at=clock.now())


def tell_all(office: Office, order: Order) -> None:
    """Everybody who must know is told by letter."""
    by = office.be("adult_worker")
    for relay in list(Relay.objects.filter(order=order, told_at=None, not_needed="")):
        actions.tell(relay_id=relay.id, to="隱山分局", how="電話陳警員", by=by, at=clock.now())
