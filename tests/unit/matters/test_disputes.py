"""「不是我們的」: first act, then dispute; the first common superior rules; whoever holds the matter keeps acting."""

from datetime import date

import pytest
from django.db import transaction

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions
from anwang.matters.models import AccountableStart, Dispute, DisputeStatement, Duty, Matter, Precedent
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at) -> World:
    at(after(90))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def first_act(world: World, matter: Matter) -> None:
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))


def filed(world: World, matter: Matter, against: str | None = "welfare") -> Dispute:
    first_act(world, matter)
    return actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units[against] if against else None, topic="kind",
        words="孩子安全，家庭需要的是支持。", by=world.viewer("supervisor"), at=after(20),
    )  # fmt: skip


def test_refuses_a_dispute_before_the_first_act(world: World) -> None:
    matter = held_by(world, "worker")
    with pytest.raises(Refused, match="先做第一步"):
        actions.file_dispute(
            matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="不是我們的。",
            by=world.viewer("supervisor"), at=after(20),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("against", "arbiter"), [("welfare", "social"), ("health", "county"), ("protection2", "ministry")]
)
def test_finds_the_arbiter_on_the_real_tree(world: World, against: str, arbiter: str) -> None:
    assert filed(world, held_by(world, "worker"), against).arbiter_id == world.units[arbiter]


def test_refuses_a_dispute_with_a_court(world: World) -> None:
    court = Unit.objects.create(
        id=uuid7(), code="court", name="地方法院", kind="court", jurisdiction=Jurisdiction.objects.get(code="99000"),
        on_system=False, opened_on=date(2010, 1, 1),
    )  # fmt: skip
    world.units["court"] = court.id
    with pytest.raises(Refused, match="公文"):
        filed(world, held_by(world, "worker"), "court")


def test_leaves_the_matter_where_it_is_and_lets_it_be_worked_on(world: World) -> None:
    matter = held_by(world, "worker")
    filed(world, matter)
    matter.refresh_from_db()
    assert (matter.accountable_id, matter.acting_worker_id) == (world.units["protection"], world.workers["worker"])
    actions.set_step(matter_id=matter.id, code="visit", due_at=after(400), by=world.viewer("worker"), at=after(30))
    duty = Duty.objects.get(open_of=matter.id, rule_id="dispute.rule")
    assert (duty.unit_id, duty.role) == (world.units["social"], "chief")


def test_refuses_to_end_or_give_away_what_is_disputed(world: World) -> None:
    matter = held_by(world, "worker")
    filed(world, matter)
    with pytest.raises(Refused):
        actions.end_matter(matter_id=matter.id, how="closed", at=after(30), by=world.viewer("supervisor"))


def test_moves_the_matter_to_the_unit_the_ruling_names(world: World) -> None:
    matter = held_by(world, "worker")
    dispute = filed(world, matter)
    by = world.viewer("welfare_supervisor")
    actions.add_statement(dispute_id=dispute.id, words="孩子有傷，應由家防處理。", by=by)
    by = world.viewer("chief")
    actions.rule(
        dispute_id=dispute.id, unit_id=world.units["welfare"], words="依訪視所見。", by=by, at=after(60),
        principle="沒有立即危險而有照顧困難者，由社福中心主責。",
    )  # fmt: skip
    matter.refresh_from_db()
    assert (matter.accountable_id, matter.acting_unit_id) == (world.units["welfare"], world.units["welfare"])
    spans = list(AccountableStart.objects.filter(matter=matter).order_by("since").values_list("since", "how"))
    assert spans == [(NIGHT, "opened"), (after(60), "ruled")]
    assert Precedent.objects.get().topic == "kind"
    assert not Duty.objects.filter(open_of=matter.id, rule_id="dispute.rule").exists()


def test_ruling_for_the_holder_moves_nothing(world: World) -> None:
    matter = held_by(world, "worker")
    dispute = filed(world, matter)
    actions.rule(
        dispute_id=dispute.id, unit_id=world.units["protection"], words="有傷。", principle="兒童有傷勢者由家防主責。",
        by=world.viewer("chief"), at=after(60),
    )  # fmt: skip
    matter.refresh_from_db()
    assert matter.acting_since == NIGHT


def test_refuses_a_ruling_by_a_party(world: World) -> None:
    dispute = filed(world, held_by(world, "worker"))
    with pytest.raises(Refused):
        actions.rule(
            dispute_id=dispute.id, unit_id=world.units["welfare"], words="是他們的。", principle="由社福主責。",
            by=world.viewer("supervisor"), at=after(60),
        )  # fmt: skip


def test_enters_the_paper_of_an_arbiter_without_accounts(world: World) -> None:
    matter = held_by(world, "worker")
    dispute = filed(world, matter, "protection2")
    by = world.viewer("worker")
    with pytest.raises(BadInput), transaction.atomic():
        actions.rule(
            dispute_id=dispute.id, unit_id=world.units["protection2"], words="依居住地。", principle="依居住地定管轄。",
            by=by, at=after(60),
        )  # fmt: skip
    actions.rule(
        dispute_id=dispute.id, unit_id=world.units["protection2"], words="依居住地。", principle="依居住地定管轄。",
        by=by, at=after(60), name="保護服務司", ref="衛部護字第1150000001號",
    )  # fmt: skip
    matter.refresh_from_db()
    assert (matter.county, matter.accountable_id) == ("99002", world.units["protection2"])


def test_keeps_names_out_of_precedents_and_statements_from_strangers(world: World) -> None:
    matter = held_by(world, "worker")
    filed(world, matter)
    world.viewer("adult_worker")
    assert not DisputeStatement.objects.filter(matter=matter).exists()
    world.viewer("welfare_supervisor")
    assert DisputeStatement.objects.filter(matter=matter).exists()


def test_withdraws_once(world: World) -> None:
    dispute = filed(world, held_by(world, "worker"))
    actions.withdraw_dispute(dispute_id=dispute.id, by=world.viewer("supervisor"), at=clock.now())
    with pytest.raises(Conflict):
        actions.withdraw_dispute(dispute_id=dispute.id, by=world.viewer("supervisor"), at=clock.now())
