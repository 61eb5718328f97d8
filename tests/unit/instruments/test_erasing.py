"""What two persons erase takes the forms of the file along."""

from collections.abc import Callable

import psycopg
from django.db import transaction

from anwang.foundation import clock
from anwang.instruments.actions import Judged, follow_up
from anwang.matters.actions import end_matter
from anwang.matters.models import Matter
from anwang.subjects import actions
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.unit.instruments.test_filling import MOOD, ask
from tests.world import build_world


def test_takes_filled_forms_away_with_their_file(
    committed_db: str, owner_connection: psycopg.Connection[tuple[object, ...]], at: Callable[..., clock.FrozenClock]
) -> None:
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        office = open_office(build_world(), hands)
        case = office.child_case()
        first = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD, judged=Judged("moderate"))
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD, replaces=first.id, because="看錯格")
        follow_up(fill_id=first.id, did="mistaken", by=office.be("worker"), at=clock.now())
        end_matter(matter_id=case.id, how="closed", at=clock.now(), by=office.be("worker"))
        number = Matter.objects.get(id=case.id).number
    with transaction.atomic():
        asked = actions.propose_erasure(
            number=number, basis="court", paper="望院115少塗2", by=office.be("chief"), at=clock.now()
        )
    with transaction.atomic():
        actions.confirm_erasure(erasure_id=asked.id, by=office.be("privacy"), at=clock.now())
    for table in ("instruments_fill", "instruments_judgement", "instruments_followup"):
        assert owner_connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert owner_connection.execute("SELECT count(*) FROM instruments_version").fetchone() == (1,)
