"""The prison's letter and his own worker's word in the same instant, on two real connections: one call, none lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from anwang.care.models import Homecoming
from anwang.foundation import clock
from anwang.matters.models import Duty, Matter
from tests.unit.care.centre import Centre, open_centre
from tests.unit.care.test_one_call import HOME, leaves, noticed
from tests.unit.cases.office import LATER, NIGHT, open_office
from tests.unit.referrals.test_races import at_once
from tests.world import build_world


@pytest.fixture
def centre(committed_db: str, at) -> Centre:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        return open_centre(open_office(build_world(), hands))


def test_letter_and_worker_together_owe_one_call(centre: Centre) -> None:
    with transaction.atomic():
        hers, his = centre.her_case(), centre.his_case()
    then = clock.now() + timedelta(minutes=5)
    both = at_once(then, lambda: noticed(centre), lambda: leaves(centre, his, HOME + timedelta(hours=3)))
    assert both == ["done", "done"]
    with clock.frozen(then), transaction.atomic():
        centre.be("adult_worker")
        notice = Matter.objects.get(kind="notice", arose_from_id=hers.id)
        owed = Duty.objects.filter(matter_id__in=[hers.id, notice.id], state="open").values_list("rule_id", flat=True)
        called = {rule for rule in owed if rule.startswith(("release.", "homecoming."))}
        assert Homecoming.objects.get().notice_id == notice.id
    assert called == {"release.tell", "release.before_home"}
