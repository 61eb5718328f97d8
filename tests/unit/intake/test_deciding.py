"""Deciding, dispatching, not opening, completing: what is kept, what is refused, and who may."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.audit.models import Reading
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.intake import actions
from anwang.intake.actions.facts import facts_of
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn
from anwang.intake.models import Decision, Report, ReportOriginal, ReportPerson, ReportSupplement
from anwang.matters.actions import answer_by_proxy, file_dispute, offer
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Matter, Review
from anwang.matters.states import AnsweredHow, OfferKind
from anwang.rulebook import book
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-09 10:00")


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NOW.isoformat())
    return build_world()


@pytest.fixture
def report(world: World) -> Report:
    teacher = ReporterIn(category="education", name="王老師", phone="0912-000-777", may_call_back="yes")
    return actions.receive_report(
        report=told("2026-03-09 09:00", "身上有瘀青。", PersonIn(role="child", name="江昱廷", age_text="9歲"),
                    PersonIn(role="person", name="江阿公", age_text="82歲"), kinds=("child_protection", "elder"),
                    reporter=teacher), by=world.viewer("screener"),
    )  # fmt: skip


def who(report: Report, name: str = "江昱廷") -> UUID:
    return ReportPerson.objects.get(report=report, person__name=name).person_id


def decide(world: World, report: Report, key: str = "screener", **more: object) -> Decision:
    given = {"what": "grade", "outcome": "one", "kind": "child_protection", "person_id": who(report), "at": NOW} | more
    return actions.decide(report_id=report.id, by=world.viewer(key), **given)


def ask(world: World, report: Report, what: str = "grade", **given: str) -> None:
    about = {"report_id": report.id, "person_id": who(report), "kind": "child_protection", "at": NOW}
    actions.answer_questions(what=what, given=given, by=world.viewer("screener"), **about)


def test_keeps_the_advice_beside_the_decision_so_that_it_can_be_replayed(world: World, report: Report) -> None:
    ask(world, report, needs_protection_now="yes")
    decision = decide(world, report)
    assert (decision.advised, decision.advice["row"]) == ("one", "now")
    again = book().replay(decision.rule_id, decision.rule_hash, decision.advice["inputs"])
    assert again.outcome == "one"


def test_differing_asks_a_reason_and_keeps_both(world: World, report: Report) -> None:
    ask(world, report, needs_protection_now="yes")
    with pytest.raises(BadInput) as refused:
        decide(world, report, outcome="two")
    assert refused.value.field == "reason"
    decision = decide(world, report, outcome="two", reason="已由外婆帶離")
    assert (decision.advised, decision.outcome) == ("one", "two")


def test_the_database_refuses_to_differ_without_a_reason(world: World, report: Report) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.bulk_create(
            [Decision(report=report, person_id=who(report), kind="child_protection", what="grade", outcome="two",
                      advised="one", decided_at=NOW, recorded_at=NOW)]
        )  # fmt: skip


def test_a_decision_is_never_changed_only_superseded(world: World, report: Report) -> None:
    first = decide(world, report)
    second = decide(world, report, outcome="two", reason="兩次訪查都安全")
    assert second.supersedes_id == first.id
    with pytest.raises(Exception, match=r"append|permission"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE intake_decision SET outcome = 'two' WHERE id = %s", [first.id])


def test_a_grade_goes_to_the_supervisor_at_once_and_waits_for_nobody(world: World, report: Report) -> None:
    decision = decide(world, report)
    assert Review.objects.get(about_id=decision.id).state == "submitted"
    decide(world, report, what="class", outcome="one")
    assert "child_protection.first_visit" in open_duties(report.id)


def test_immediate_danger_owes_the_prosecutor_a_notice(world: World, report: Report) -> None:
    ask(world, report, needs_protection_now="yes")
    assert "child_protection.prosecutor_notice" in open_duties(report.id)
    actions.tell(
        report_id=report.id, notice="prosecutor", to="甲地檢署", number="0800", by=world.viewer("screener"), at=NOW
    )
    assert "child_protection.prosecutor_notice" not in open_duties(report.id)


@pytest.mark.parametrize(
    "wrong",
    [{"what": "dispatch"}, {"outcome": "seven"}, {"at": NOW + timedelta(hours=1)}, {"at": NOW - timedelta(days=1)},
     {"kind": "suicide"}],
)  # fmt: skip
def test_refuses_what_is_not_a_decision(world: World, report: Report, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        decide(world, report, **wrong)


def test_refuses_an_answer_outside_the_question(world: World, report: Report) -> None:
    with pytest.raises(BadInput):
        ask(world, report, needs_protection_now="maybe")


def test_a_case_is_assigned_and_its_receiver_asked_to_sign(world: World, report: Report) -> None:
    to = Holder(world.units["intake"], world.workers["investigator"])
    case = actions.dispatch(report_id=report.id, kind="child_protection", person_ids=[who(report)], to=to,
                            by=world.viewer("screener"), at=NOW)  # fmt: skip
    assignment = Assignment.objects.get(matter=case)
    assert (assignment.to_worker_id, assignment.signed_at) == (world.workers["investigator"], None)
    assert Matter.objects.get(id=case).accountable_id == world.units["intake"]


def test_steps_of_a_kind_go_along_with_their_clocks(world: World, report: Report) -> None:
    before = open_duties(report.id)
    elder = {rule: due for rule, due in before.items() if rule.startswith("elder.")}
    assert elder
    case = actions.dispatch(report_id=report.id, kind="elder", person_ids=[who(report, "江阿公")],
                            to=Holder(world.units["adult"], world.workers["adult_worker"]), by=world.viewer("screener"),
                            at=NOW)  # fmt: skip
    assert elder.items() <= open_duties(case).items()
    assert not any(rule.startswith("elder.") for rule in open_duties(report.id))
    assert "child_protection.grading" in open_duties(report.id)


def test_the_investigator_of_the_case_may_ring_the_teacher(world: World, report: Report) -> None:
    to = Holder(world.units["intake"], world.workers["investigator"])
    actions.dispatch(report_id=report.id, kind="child_protection", person_ids=[who(report)], to=to,
                     by=world.viewer("screener"), at=NOW)  # fmt: skip
    said = actions.read_reporter(report_id=report.id, by=world.viewer("investigator"))
    assert said.phone == "0912-000-777"
    assert Reading.objects.filter(what="reporter", by_worker_id=world.workers["investigator"]).count() == 1


def test_the_report_ends_when_every_pair_stands_and_the_reporter_was_answered(world: World, report: Report) -> None:
    by = world.viewer("screener")
    for what in ("grade", "class"):
        decide(world, report, key="screening_supervisor", what=what)
    for kind, name, unit, key in [("child_protection", "江昱廷", "intake", "investigator"),
                                  ("elder", "江阿公", "adult", "adult_worker")]:  # fmt: skip
        actions.dispatch(report_id=report.id, kind=kind, person_ids=[who(report, name)],
                         to=Holder(world.units[unit], world.workers[key]), by=by, at=NOW)  # fmt: skip
    assert Matter.objects.get(id=report.id).ended_at is None
    actions.complete_report_form(report_id=report.id, text="補通報表", by=by, at=NOW)
    actions.answer_reporter(report_id=report.id, reply_class="passed_on", confirmed="unit_line", by=by, at=NOW)
    assert Matter.objects.get(id=report.id).ended_how == "dispatched"


def test_nothing_is_dispatched_twice(world: World, report: Report) -> None:
    to = Holder(world.units["adult"], world.workers["adult_worker"])
    given = {"report_id": report.id, "kind": "elder", "person_ids": [who(report, "江阿公")], "at": NOW, "to": to,
             "by": world.viewer("screener")}  # fmt: skip
    actions.dispatch(**given)
    with pytest.raises(BadInput):
        actions.dispatch(**given)


def test_a_return_makes_not_opening_fall(world: World, report: Report) -> None:
    given = {"report_id": report.id, "person_id": who(report), "kind": "child_protection", "ground": "family_copes",
             "reason": "外婆照顧", "evidence": "3月9日導師見到", "at": NOW}  # fmt: skip
    decision = actions.not_open(by=world.viewer("screener"), **given)
    review = Review.objects.get(about_id=decision.id)
    actions.send_back_review(review_id=review.id, words="請補誰見到", by=world.viewer("screening_supervisor"), at=NOW)
    assert actions.not_open(by=world.viewer("screener"), **given).supersedes_id == decision.id


def test_the_written_form_adds_and_changes_nothing(world: World, report: Report) -> None:
    actions.complete_report_form(report_id=report.id, text="導師補充", originals=(OriginalIn(b"%PDF"),),
                                 by=world.viewer("screener"), at=NOW)  # fmt: skip
    report.refresh_from_db()
    assert report.narrative == "身上有瘀青。"
    assert report.form_received_at == NOW
    assert (ReportSupplement.objects.count(), ReportOriginal.objects.count()) == (1, 1)
    with pytest.raises(BadInput):
        actions.complete_report_form(report_id=report.id, by=world.viewer("screener"), at=NOW)


def test_another_county_not_on_the_system_is_asked_to_visit_and_answers_by_proxy(world: World, report: Report) -> None:
    to = Holder(world.units["intake"], world.workers["investigator"])
    case = actions.dispatch(report_id=report.id, kind="child_protection", person_ids=[who(report)], to=to,
                            by=world.viewer("screener"), at=NOW)  # fmt: skip
    by = world.viewer("investigator")
    asked = offer(
        matter_id=case,
        kind=OfferKind.VISIT_REQUEST,
        to_unit_id=world.units["protection2"],
        topic="see_child",
        subject_id=who(report),
        by=by,
        at=NOW,
    )
    told_by = {"name": "青嵐縣 陳督導", "how": AnsweredHow.PHONE, "ref": "(05)000-1234"}
    answer_by_proxy(offer_id=asked.id, accept=True, at=NOW, by=by, **told_by)
    assert Matter.objects.get(id=case).accountable_id == world.units["intake"]


def test_who_holds_a_disputed_report_goes_on_answering(world: World, report: Report) -> None:
    to = Holder(world.units["adult"], world.workers["adult_worker"])
    actions.dispatch(report_id=report.id, kind="elder", person_ids=[who(report, "江阿公")], to=to,
                     by=world.viewer("screener"), at=NOW)  # fmt: skip
    case = Matter.objects.get(kind="case")
    with pytest.raises((Refused, BadInput)):
        file_dispute(matter_id=case.id, claimed_unit_id=world.units["welfare"], topic="", words="",
                     by=world.viewer("adult_supervisor"), at=NOW)  # fmt: skip
    assert case.acting_worker_id == world.workers["adult_worker"]


ROLES = {
    # key: (reads the report, may screen, may dispatch, may open the reporter)
    "screener": (True, True, True, True),
    "screening_supervisor": (True, True, True, False),
    "investigator": (False, False, False, False),
    "worker": (False, False, False, False),
    "supervisor": (False, False, False, False),
    "adult_worker": (False, False, False, False),
    "welfare_worker": (False, False, False, False),
    "ngo_worker": (False, False, False, False),
    "chief": (False, False, False, False),
    "clerk": (False, False, False, False),
    "administrator": (False, False, False, False),
}


@pytest.mark.parametrize("key", ROLES)
def test_lets_each_role_do_what_the_table_says(world: World, report: Report, key: str) -> None:
    def allowed(act: Callable[[], object]) -> bool:
        try:
            with transaction.atomic():
                act()
        except (Refused, NotFound):
            return False
        return True

    person = who(report)
    by = world.viewer(key)
    to = Holder(world.units["intake"], world.workers["investigator"])
    about = {"report_id": report.id, "kind": "child_protection", "by": by, "at": NOW}
    found = (
        Report.objects.filter(id=report.id).exists(),
        allowed(lambda: actions.decide(person_id=person, what="class", outcome="one", **about)),
        allowed(lambda: actions.dispatch(person_ids=[person], to=to, **about)),
        allowed(lambda: actions.read_reporter(report_id=report.id, by=world.viewer(key))),
    )  # fmt: skip
    assert found == ROLES[key]


def test_asks_as_many_statements_for_five_children_as_for_one(world: World) -> None:
    asked = []
    for names in (("甲",), ("乙", "丙", "丁", "戊", "己")):
        children = [PersonIn(role="child", name=f"江小{name}", age_text="9歲") for name in names]
        by = world.viewer("screener")
        report = actions.receive_report(report=told("2026-03-09 09:00", "身上有瘀青。", *children), by=by)
        with CaptureQueriesContext(connection) as seen:
            facts_of(report, "child_protection", "99001", now=NOW)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_taking_it_back_makes_not_opening_fall_and_lets_it_be_dispatched(world: World, report: Report) -> None:
    given = {"report_id": report.id, "person_id": who(report, "江阿公"), "kind": "elder", "ground": "short_service",
             "reason": "里長關心過", "at": NOW}  # fmt: skip
    decision = actions.not_open(by=world.viewer("screener"), **given)
    review = Review.objects.get(about_id=decision.id)
    send = {"report_id": report.id, "kind": "elder", "person_ids": [who(report, "江阿公")], "at": NOW,
            "to": Holder(world.units["adult"], world.workers["adult_worker"])}  # fmt: skip
    with pytest.raises(BadInput, match="撤回"):
        actions.dispatch(by=world.viewer("screener"), **send)
    with pytest.raises(Refused):
        actions.take_back_review(review_id=review.id, by=world.viewer("screening_supervisor"), at=NOW)
    actions.take_back_review(review_id=review.id, by=world.viewer("screener"), at=NOW)
    assert actions.dispatch(by=world.viewer("screener"), **send)


def test_taking_a_grade_back_owes_it_again(world: World, report: Report) -> None:
    for what in ("grade", "class"):
        decide(world, report, what=what, reason="x")
    assert "child_protection.grading" not in open_duties(report.id)
    review = Review.objects.get(matter_id=report.id, of="grade")
    actions.take_back_review(review_id=review.id, by=world.viewer("screener"), at=NOW)
    assert "child_protection.grading" in open_duties(report.id)
