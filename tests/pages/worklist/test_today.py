"""Today: every duty with its basis and the form that settles it; signing in place; at most eight statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang import rulebook
from anwang.access.models import Account
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Duty, Matter, Reminder
from anwang.web.worklist.discharging import OPEN, act_of
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
NEW = {"step-code": "visit", "step-due_at_day": "115/3/12", "step-due_at_time": "10:00"}


@pytest.fixture
def hands(at):
    return at(after(60))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def own_step(world: World, matter: Matter, minutes: float = 300) -> Duty:
    by = world.viewer("worker")
    return actions.set_step(matter_id=matter.id, code="phone", due_at=after(minutes), by=by, at=after(5))


@pytest.mark.parametrize("rule", sorted(handle.rule_id for handle in rulebook.book().duties()))
def test_knows_the_form_of_every_duty(rule: str) -> None:
    if rulebook.book().duty(rule).on(clock.today()).content.informs:
        return
    assert act_of(rule) is not OPEN


def test_lists_what_is_owed_with_its_basis_in_eight_statements(world: World) -> None:
    for _ in range(5):
        own_step(world, held_by(world, "worker"))
    client = as_("worker")
    client.get("/today")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/today").content.decode()
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(said) <= 8, "\n".join(said)
    assert page.count("打電話聯繫") >= 5
    assert "自己排的下一步" in page


def test_asks_what_is_in_the_way_and_shows_the_answer(world: World, hands) -> None:
    duty = own_step(world, held_by(world, "worker"), minutes=90)
    hands.advance(timedelta(hours=3))
    client = as_("worker")
    assert "卡在哪裡" in client.get("/today").content.decode()
    client.post(f"/today/duties/{duty.id}/cause", {"cause": "workload"})
    assert "記下了：案量或人力。" in client.get("/today").content.decode()


def test_signs_in_place(world: World) -> None:
    matter = held_by(world, None)
    actions.assign(
        matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
        accountable_id=world.units["protection"], effective_at=after(10), expected_since=NIGHT,
        by=world.viewer("night"),
    )  # fmt: skip
    client, waiting = as_("worker"), Assignment.objects.get(unsigned_of=matter.id)
    assert matter.number in client.get("/today").content.decode()
    assert client.post(f"/today/sign/{waiting.id}").status_code == 302
    waiting.refresh_from_db()
    assert waiting.signed_by == world.workers["worker"]
    assert client.post(f"/today/sign/{waiting.id}").status_code == 409


def test_refuses_the_signature_of_a_stranger(world: World) -> None:
    matter = held_by(world, None)
    actions.assign(
        matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
        accountable_id=world.units["protection"], effective_at=after(10), expected_since=NIGHT,
        by=world.viewer("night"),
    )  # fmt: skip
    waiting = Assignment.objects.get(unsigned_of=matter.id)
    assert as_("adult_worker").post(f"/today/sign/{waiting.id}").status_code == 403


def test_finishes_a_step_and_names_the_next(world: World) -> None:
    matter = held_by(world, "worker")
    duty, client = own_step(world, matter), as_("worker")
    assert client.get(f"/today/duties/{duty.id}").status_code == 200
    assert client.post(f"/today/duties/{duty.id}/done", NEW).status_code == 302
    rules = set(Duty.objects.filter(open_of=matter.id, rule_id__startswith="manual.").values_list("rule_id", flat=True))
    assert rules == {"manual.visit"}


def test_keeps_what_was_typed_when_a_date_is_impossible(world: World) -> None:
    duty = own_step(world, held_by(world, "worker"))
    wrong = {**NEW, "step-due_at_day": "115/13/40"}
    answer = as_("worker").post(f"/today/duties/{duty.id}/done", wrong)
    assert answer.status_code == 422
    assert "115/13/40" in answer.content.decode()


def test_pushes_waits_and_excuses(world: World) -> None:
    duty, client = own_step(world, held_by(world, "worker")), as_("worker")
    when = {"push-due_at_day": "115/3/20", "push-due_at_time": "10:00", "push-reason": "partner"}
    assert client.post(f"/today/duties/{duty.id}/push", when).status_code == 302
    waits = {"wait-what": "court", "wait-ref": "", "wait-until_day": "115/3/25", "wait-until_time": "09:00"}
    assert client.post(f"/today/duties/{duty.id}/wait", waits).status_code == 302
    duty.refresh_from_db()
    assert (duty.pushed, duty.waiting_for) == (1, "court")
    excuse = {"excuse-reason": "no_object"}
    assert client.post(f"/today/duties/{duty.id}/excuse", excuse).status_code == 403
    assert as_("supervisor").post(f"/today/duties/{duty.id}/excuse", excuse).status_code == 302


def test_hides_the_duties_of_others(world: World) -> None:
    matter = held_by(world, "worker")
    duty = own_step(world, matter)
    assert matter.number not in as_("adult_worker").get("/today").content.decode()
    assert as_("adult_worker").get(f"/today/duties/{duty.id}").status_code == 404


def test_switches_to_the_unit_only_for_who_signs_there(world: World) -> None:
    matter = held_by(world, "worker")
    own_step(world, matter)
    assert matter.number in as_("supervisor").get("/today?of=unit").content.decode()
    assert matter.number not in as_("worker2").get("/today?of=unit").content.decode()


def test_keeps_reminders_to_oneself(world: World) -> None:
    client = as_("worker")
    note = {"remind-words": "問阿嬤的藥", "remind-remind_at_day": "115/3/10", "remind-remind_at_time": "9:00"}
    client.post("/today/reminders", note)
    assert "問阿嬤的藥" in client.get("/today").content.decode()
    world.viewer("worker2")
    assert Reminder.objects.count() == 0
    world.viewer("worker")
    kept = Reminder.objects.get()
    client.post(f"/today/reminders/{kept.id}")
    assert "問阿嬤的藥" not in client.get("/today").content.decode()


def test_says_what_comes_when_nothing_is_owed(world: World) -> None:
    assert "手上沒有應辦事項" in as_("adult_worker").get("/today").content.decode()


def test_shows_lists_to_sign_and_requests_to_answer(world: World) -> None:
    matters = [held_by(world, "worker") for _ in range(2)]
    unit = world.units["protection"]
    made = actions.hand_over_list(
        from_worker_id=world.workers["worker"], unit_id=unit, reason="leaving", effective_at=after(30),
        to={one.id: Holder(unit, world.workers["worker2"]) for one in matters}, by=world.viewer("supervisor"),
    )  # fmt: skip
    assert "移交清冊：你的2件" in as_("worker").get("/today").content.decode()
    assert "移交清冊" not in as_("worker2").get("/today").content.decode()
    actions.give_list(list_id=made.id, at=clock.now(), by=world.viewer("worker"))
    page = as_("worker2").get("/today").content.decode()
    assert "移交清冊：簡伯勳交來2件" in page
    assert "等你簽名或回覆" in page
    assert 'href="/away"' in page
    sent = actions.offer(
        matter_id=matters[0].id, kind="joining", to_unit_id=world.units["welfare"], topic="parenting", at=after(10),
        by=world.viewer("worker"),
    )  # fmt: skip
    page = as_("welfare_supervisor").get("/today").content.decode()
    assert f'href="/unit/offers/{sent.id}"' in page
    assert "家防中心兒保組請你們：協力邀請" in page
    assert str(sent.id) not in as_("welfare_worker").get("/today").content.decode()


def test_lists_the_next_few_of_what_is_due_after_the_week_and_says_how_many_more(world: World) -> None:
    soon = own_step(world, held_by(world, "worker"), minutes=300)
    later = [own_step(world, held_by(world, "worker"), minutes=60 * 24 * (10 + n)) for n in range(14)]
    by = world.viewer("worker")
    actions.wait_for(duty_id=later[-1].id, what="court", ref="", until=after(60 * 24 * 5), by=by, at=after(60))
    page = as_("worker").get("/today").content.decode()
    assert "之後 <small>14件</small>" in page
    assert str(soon.id) in page
    # The next ten, and what waits for somebody else however late it is due.
    assert [str(duty.id) in page for duty in later] == [True] * 10 + [False] * 3 + [True]
    assert "列出另外3件" in page
    whole = as_("worker").get("/today?all").content.decode()
    assert all(str(duty.id) in whole for duty in later)
    assert "列出另外" not in whole
    assert "之後 <small>14件</small>" in whole


def test_keeps_to_the_unit_when_the_rest_is_listed(world: World) -> None:
    for n in range(11):
        own_step(world, held_by(world, "worker"), minutes=60 * 24 * (10 + n))
    page = as_("supervisor").get("/today?of=unit").content.decode()
    assert 'href="/today?of=unit&amp;all#g-later"' in page
    assert f"全單位{Duty.objects.filter(state='open').count()}件" in page
