"""A meeting about families: who reads which part, what becomes of it, what its decisions owe."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anwang.access.models import Grant
from anwang.conferences import actions
from anwang.conferences.models import Decision, Invitation, Meeting, Minute, Part
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office
from tests.unit.conferences.table import DUE, called, decided, held, her_case, his_case, invited, laid, proposed, sees


def open_duties(matter_id) -> set[str]:  # type: ignore[no-untyped-def]
    return set(Duty.objects.filter(open_of=matter_id).values_list("rule_id", flat=True))


def test_owes_invitations_and_a_day_when_it_is_called(office: Office) -> None:
    meeting = called(office)
    assert open_duties(meeting.id) == {"meeting.invite", "meeting.hold"}


def test_is_not_called_by_an_ngo_nor_by_a_guest(office: Office) -> None:
    for who in ("ngo_worker", "prosecutor", "clerk"):
        with pytest.raises(Refused):
            called(office, by=who)


def test_lays_both_sides_of_a_family_into_one_item(office: Office) -> None:
    table = laid(office)
    office.be("worker2")
    items = {part.circle: part.item_id for part in Part.objects.all()}
    assert set(items) == {"victim", "other"}
    assert len(set(items.values())) == 1
    assert table.meeting.sort == "high_risk"


READS = [
    # who, invited as, reads hers, reads his
    ("worker2", None, True, True),  # keeps the record
    ("adult_supervisor", None, True, True),  # chairs
    ("adult_worker", None, True, False),  # works on her case
    ("welfare_worker", None, False, True),  # works on his
    ("welfare_worker", "hers", False, True),  # cannot be given her side by an invitation
    ("police", "hers", True, False),
    ("police", "his", False, True),
    ("police", "bridge", True, True),
    ("prosecutor", None, False, False),
    ("ngo_worker", "his", False, True),
    ("nurse", None, False, False),
    ("chief", None, False, False),
    ("supervisor", None, True, True),  # of the authority that answers for both
]


@pytest.mark.parametrize(("who", "side", "hers", "his"), READS)
def test_shows_each_side_its_own_part(office: Office, who: str, side: str | None, hers: bool, his: bool) -> None:
    table = laid(office)
    if side:
        invited(office, table.meeting, who, side, side_because="轄區家防官" if side == "bridge" else "")
    assert sees(office, who) == ({table.her_part} if hers else set()) | ({table.his_part} if his else set())


def test_refuses_a_bridge_who_serves_the_other_party(office: Office) -> None:
    table = laid(office)
    with pytest.raises(Refused):
        invited(office, table.meeting, "welfare_worker", "bridge", side_because="都熟")
    with pytest.raises(Refused):
        invited(office, table.meeting, "ngo_worker", "bridge", side_because="都熟")


def test_refuses_his_file_on_the_agenda_while_the_recorder_serves_him(office: Office) -> None:
    his = his_case(office, worker="worker2", unit="protection")
    meeting = called(office)
    proposal = proposed(office, his.id, "worker2")
    with pytest.raises(Refused):
        actions.take_proposal(meeting_id=meeting.id, proposal_id=proposal.id, by=office.be("worker2"), at=clock.now())


def test_closes_the_papers_some_days_after_the_meeting(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    assert sees(office, "police") == {table.her_part}
    office.hands.advance(timedelta(days=33))
    assert sees(office, "police") == set()
    assert sees(office, "adult_worker") == {table.her_part}


def test_shows_a_part_asked_to_one_item_only(office: Office) -> None:
    table = laid(office)
    topic = actions.add_topic(meeting_id=table.meeting.id, title="工作報告", by=office.be("worker2"), at=clock.now())
    invited(office, table.meeting, "police", "hers", items=[topic.id])
    assert sees(office, "police") == set()


def test_hides_a_part_of_a_restricted_file_from_members(office: Office) -> None:
    from anwang.matters.actions import restricting

    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    by = office.be("adult_supervisor")
    restricting.restrict(
        matter_id=table.hers.id, reason="media", until=clock.now() + timedelta(days=3),
        readers=[office.workers["adult_worker"]], by=by, at=clock.now(),
    )  # fmt: skip
    assert sees(office, "police") == set()
    assert sees(office, "adult_worker") == {table.her_part}


def test_ends_what_a_withdrawn_invitation_gave(office: Office) -> None:
    table = laid(office)
    invitation = invited(office, table.meeting, "police", "hers")
    actions.withdraw_invitation(invitation_id=invitation.id, by=office.be("worker2"), at=clock.now())
    office.hands.advance(timedelta(seconds=1))
    assert sees(office, "police") == set()


def test_takes_back_the_papers_when_called_off(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    actions.call_off(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())
    office.hands.advance(timedelta(seconds=1))
    assert sees(office, "police") == set()
    assert Matter.objects.get(id=table.meeting.id).ended_how == "called_off"


def test_shows_a_member_of_his_side_nobody_else_invited(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    invited(office, table.meeting, "ngo_worker", "his")
    office.be("ngo_worker")
    assert [one.worker_id for one in Invitation.objects.all()] == [office.workers["ngo_worker"]]
    office.be("police")
    assert Invitation.objects.count() == 2


def test_takes_an_answer_from_the_invited_and_by_proxy(office: Office) -> None:
    table = laid(office)
    invitation = invited(office, table.meeting, "police", "hers")
    with pytest.raises(NotFound):
        actions.answer(invitation_id=invitation.id, says="video", by=office.be("adult_worker"), at=clock.now())
    actions.answer(invitation_id=invitation.id, says="video", by=office.be("police"), at=clock.now())
    with pytest.raises(BadInput):
        actions.answer_for(invitation_id=invitation.id, says="cannot", how="phone", words="", by=office.be("worker2"),
                           at=clock.now())  # fmt: skip
    actions.answer_for(invitation_id=invitation.id, says="writes", how="letter", words="望警字第1號",
                       by=office.be("worker2"), at=clock.now())  # fmt: skip
    found = Invitation.objects.get(id=invitation.id)
    assert (found.answer, found.answered_how) == ("writes", "letter")


def test_asks_again_when_the_time_is_moved(office: Office) -> None:
    table = laid(office)
    invitation = invited(office, table.meeting, "police", "hers")
    actions.answer(invitation_id=invitation.id, says="comes", by=office.be("police"), at=clock.now())
    meets = table.meeting.meets_at + timedelta(days=7)
    actions.move_meeting(meeting_id=table.meeting.id, meets_at=meets, ends_at=meets + timedelta(hours=1), place="",
                         by=office.be("worker2"), at=clock.now())  # fmt: skip
    assert Invitation.objects.get(id=invitation.id).answer == ""
    assert sees(office, "police") == {table.her_part}


def test_keeps_minutes_of_each_side_apart(office: Office) -> None:
    table = laid(office)
    there = invited(office, table.meeting, "police", "hers")
    invited(office, table.meeting, "ngo_worker", "his")
    his = Invitation.objects.get(worker_id=office.workers["ngo_worker"])
    held(table, [(there, "present"), (his, "video")])
    by = office.be("worker2")
    for part, text in ((table.her_part, "她已搬離"), (table.his_part, "他規律就醫"), (None, "主席致詞")):
        actions.write_minute(meeting_id=table.meeting.id, part_id=part, section="situation" if part else "opening",
                             text=text, by=by, at=clock.now())  # fmt: skip
    office.be("police")
    assert set(Minute.objects.values_list("text", flat=True)) == {"她已搬離", "主席致詞"}
    office.be("ngo_worker")
    assert set(Minute.objects.values_list("text", flat=True)) == {"他規律就醫", "主席致詞"}
    office.be("adult_worker")
    assert set(Minute.objects.values_list("text", flat=True)) == {"她已搬離"}


def test_asks_for_everybody_invited_before_it_was_held(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    with pytest.raises(BadInput):
        held(table)


def test_confirms_no_minutes_that_leave_a_family_out(office: Office) -> None:
    table = laid(office)
    held(table)
    decided(table)
    with pytest.raises(Refused, match="1個議案"):
        actions.confirm(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())


def _confirmed(office: Office) -> tuple[object, Invitation, Invitation]:
    table = laid(office)
    came, absent = invited(office, table.meeting, "police", "hers"), invited(office, table.meeting, "ngo_worker", "his")
    held(table, [(came, "present"), (absent, "letter")])
    decided(table)
    decided(table, "每月回報就醫", part_id=table.his_part, unit_id=office.units["welfare"], worker_id=None, number="二")
    actions.confirm(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())
    return table, came, absent


def test_relays_to_whoever_was_not_there_and_waits_for_him(office: Office) -> None:
    table, came, absent = _confirmed(office)
    assert "meeting.relay" in open_duties(table.meeting.id)  # type: ignore[attr-defined]
    by = office.be("worker2")
    with pytest.raises(Conflict):
        actions.relay(invitation_id=came.id, how="系統", by=by, at=clock.now())
    with pytest.raises(Refused):
        actions.close(meeting_id=table.meeting.id, by=by, at=clock.now())  # type: ignore[attr-defined]
    actions.relay(invitation_id=absent.id, how="系統通知", by=by, at=clock.now())
    assert open_duties(table.meeting.id) == {"meeting.acknowledgement", "meeting.close"}  # type: ignore[attr-defined]
    actions.acknowledge(invitation_id=absent.id, by=office.be("ngo_worker"), at=clock.now())
    actions.close(meeting_id=table.meeting.id, by=office.be("worker2"), at=clock.now())  # type: ignore[attr-defined]
    assert Meeting.objects.get().state == "closed"
    assert Matter.objects.get(id=table.meeting.id).ended_at is not None  # type: ignore[attr-defined]


def test_takes_only_corrections_once_confirmed(office: Office) -> None:
    table, _came, _absent = _confirmed(office)
    by = office.be("worker2")
    with pytest.raises(Conflict):
        actions.write_minute(meeting_id=table.meeting.id, section="opening", text="補", by=by, at=clock.now())  # type: ignore[attr-defined]


def test_goes_on_with_its_decisions_after_it_ended(office: Office) -> None:
    table, _came, absent = _confirmed(office)
    by = office.be("worker2")
    actions.relay(invitation_id=absent.id, how="電話", by=by, at=clock.now())
    actions.acknowledge(invitation_id=absent.id, how="電話沈社工", by=by, at=clock.now())
    actions.close(meeting_id=table.meeting.id, by=by, at=clock.now())  # type: ignore[attr-defined]
    decision = Decision.objects.get(number="一")
    assert Matter.objects.get(id=decision.task_id).ended_at is None
    assert open_duties(decision.task_id) == {"decision.report"}
    assert clock.local(Duty.objects.get(open_of=decision.task_id).due_at - timedelta(seconds=1)).date() == DUE


def test_shows_a_decision_to_whoever_owes_it_and_not_to_the_other_side(office: Office) -> None:
    _confirmed(office)
    office.be("adult_worker")
    assert set(Decision.objects.values_list("number", flat=True)) == {"一"}
    office.be("welfare_supervisor")
    assert set(Decision.objects.values_list("number", flat=True)) == {"二"}
    office.be("ngo_worker")
    assert set(Decision.objects.values_list("number", flat=True)) == {"二"}


def test_gives_its_grants_an_end(office: Office) -> None:
    table = laid(office)
    invited(office, table.meeting, "police", "hers")
    office.be("worker2")
    assert not Grant.objects.filter(because__startswith="meeting", ends_at=None).exists()


def test_lists_no_case_twice_on_an_agenda(office: Office) -> None:
    hers = her_case(office)
    meeting = called(office)
    first = proposed(office, hers.id, "adult_worker")
    actions.take_proposal(meeting_id=meeting.id, proposal_id=first.id, by=office.be("worker2"), at=clock.now())
    again = proposed(office, hers.id, "adult_worker")
    with pytest.raises(Conflict):
        actions.take_proposal(meeting_id=meeting.id, proposal_id=again.id, by=office.be("worker2"), at=clock.now())


def test_takes_a_proposal_from_whoever_works_on_the_file_only(office: Office) -> None:
    hers = her_case(office)
    with pytest.raises(Refused):
        proposed(office, hers.id, "welfare_worker")
