"""From the call to the letter: extension, sending, completeness, review by another, money and posts; refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from anwang.documents.models import Paper
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding.models import Award, Grant
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep
from anwang.submissions import actions, queries
from anwang.submissions.actions import CallGiven, LetterGiven, Opinion, ProxyGiven
from anwang.submissions.models import Check, Document, Extension, Item, PostChange, Receipt, Review, Submission
from tests.unit.submissions.conftest import DUE, Office

pytestmark = pytest.mark.django_db


def owed(matter_id) -> list[tuple[str, date]]:  # type: ignore[no-untyped-def]
    rows = Duty.objects.filter(matter_id=matter_id, state="open").order_by("due_at")
    return [(one.rule_id, (clock.local(one.due_at) - timedelta(seconds=1)).date()) for one in rows]


def complete(office: Office) -> Submission:
    one = office.write()
    actions.send(submission_id=one.id, by=office.be("cheng"))
    actions.check(submission_id=one.id, missing=[], by=office.be("xie"))
    return one


def decided(office: Office, **granted: tuple[int, str]) -> Submission:
    one = complete(office)
    items = {item.post or "money": item.id for item in Item.objects.filter(submission=one)}
    told = Opinion(outcome="partly" if granted else "approved", opinion="符合計畫目標。",
                   granted={items[key]: value for key, value in granted.items()})  # fmt: skip
    actions.propose_review(submission_id=one.id, given=told, by=office.be("xie"))
    actions.decide_review(submission_id=one.id, agreed=True, by=office.be("lan"))
    return one


def test_a_call_opens_a_duty_in_every_county(office: Office) -> None:
    assert Submission.objects.filter(call=office.call).count() == 3
    for county in ("99001", "99002", "99003"):
        assert owed(office.of(county).id) == [("submission.send", DUE)]
    mine = Matter.objects.get(id=office.of().id)
    assert mine.acting_worker_id == office.treasury.world.workers["cheng"]
    assert Matter.objects.get(id=office.of("99003").id).acting_desk_id is not None


def test_a_late_one_rises_and_stands_first(office: Office) -> None:
    office.treasury.hands.advance(timedelta(days=27))
    desk = queries.desk(office.be("xie"))
    assert desk.late == 3
    assert {one.late_days for one in desk.owed} == {2}
    assert Duty.objects.get(matter_id=office.of().id, state="open").due_at < clock.now()
    office.write()
    receipt = actions.send(submission_id=office.of().id, by=office.be("cheng"))
    assert queries.submission_page(office.be("cheng"), _number(office)).receipts[0][3] == "逾期2天"
    assert receipt.due_on == DUE


def test_an_extension_is_logged_and_the_first_day_stays(office: Office) -> None:
    one = office.of()
    asked = actions.ask_extension(
        submission_id=one.id, new_due_on=date(2026, 7, 10), reason="議會會期", by=office.be("cheng")
    )
    with pytest.raises(Conflict):
        actions.ask_extension(submission_id=one.id, new_due_on=date(2026, 7, 11), reason="再延", by=office.be("cheng"))
    assert owed(one.id) == [("submission.send", DUE)]
    for who in ("xie", "cheng", "chief"):
        with pytest.raises(Refused):
            actions.decide_extension(extension_id=asked.id, granted=True, answer="同意", by=office.be(who))
    actions.decide_extension(extension_id=asked.id, granted=True, answer="電話同意，補函", by=office.be("lan"))
    assert owed(one.id) == [("submission.send", date(2026, 7, 10))]
    page = queries.submission_page(office.be("cheng"), _number(office))
    assert (page.first, page.due) == ("115年6月26日", "115年7月10日")
    assert page.extensions[0].decided.endswith("藍怡安")
    assert owed(office.of("99002").id) == [("submission.send", DUE)]


def test_a_refused_extension_changes_nothing(office: Office) -> None:
    asked = actions.ask_extension(
        submission_id=office.of().id, new_due_on=date(2026, 7, 10), reason="來不及", by=office.be("cheng")
    )
    with pytest.raises(BadInput):
        actions.decide_extension(extension_id=asked.id, granted=False, answer=" ", by=office.be("lan"))
    actions.decide_extension(extension_id=asked.id, granted=False, answer="其他縣市都已送出", by=office.be("lan"))
    assert owed(office.of().id) == [("submission.send", DUE)]


def test_a_meeting_extends_for_everybody_who_has_not_sent(office: Office) -> None:
    one = office.write()
    actions.send(submission_id=one.id, by=office.be("cheng"))
    given = {"call_id": office.call.id, "new_due_on": date(2026, 7, 3), "asked_by": "各地方政府",
             "asked_at": clock.now(), "reason": "作業時程需求", "answer": "第4次專案會議報告案二決定二"}  # fmt: skip
    with pytest.raises(Refused):
        actions.extend_all(**given, by=office.be("xie"))
    actions.extend_all(**given, by=office.be("lan"))
    assert owed(office.of("99002").id) == [("submission.send", date(2026, 7, 3))]
    assert office.of().due_on == DUE
    assert Extension.objects.get().old_due_on == DUE


def test_drafts_are_the_countys_own_and_sent_ones_the_ministrys_too(office: Office) -> None:
    office.write()
    number = _number(office)
    assert queries.submission_page(office.be("cheng"), number).parts[0].words == "第1項內容"
    xie = queries.submission_page(office.be("xie"), number)
    assert (xie.parts, xie.items, xie.shows_content) == ((), (), False)
    with pytest.raises(NotFound):
        queries.submission_page(office.be("bo"), number)
    with pytest.raises(Refused):
        queries.submission_page(office.be("worker"), number)
    actions.send(submission_id=office.of().id, by=office.be("cheng"))
    assert queries.submission_page(office.be("xie"), number).parts[0].words == "第1項內容"
    with pytest.raises(NotFound):
        queries.submission_page(office.be("bo"), number)
    assert [one.county for one in queries.desk(office.be("bo")).owed] == ["99002"]


def test_what_is_missing_is_sent_back_once_with_a_list(office: Office) -> None:
    one = office.write(parts=(1,))
    actions.send(submission_id=one.id, by=office.be("cheng"))
    with pytest.raises(Conflict):
        actions.fill_part(submission_id=one.id, part_id=office.part(2), words="補", attached="", by=office.be("cheng"))
    back = date(2026, 6, 10)
    with pytest.raises(BadInput):
        actions.check(submission_id=one.id, missing=[office.part(2)], by=office.be("xie"))
    actions.check(submission_id=one.id, missing=[office.part(2)], back_due_on=back, by=office.be("xie"))
    assert owed(one.id) == [("submission.complete", back)]
    office.write()
    actions.send(submission_id=one.id, by=office.be("cheng"))
    assert list(Receipt.objects.filter(submission=one).values_list("round", flat=True)) == [1, 2]
    with pytest.raises(Refused):
        actions.check(submission_id=one.id, missing=[office.part(2)], back_due_on=back, by=office.be("xie"))
    actions.check(submission_id=one.id, missing=[], words="齊備", by=office.be("xie"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.bulk_create([Check(
            id=uuid7(), submission=one, is_complete=False, missing=[office.part(1)], back_due_on=back,
            by=office.be("xie").worker_id, at=clock.now(),
        )])  # fmt: skip


def test_a_review_takes_another_than_its_author(office: Office) -> None:
    one = complete(office)
    told = Opinion(outcome="approved", opinion="符合。")
    actions.propose_review(submission_id=one.id, given=told, by=office.be("lan"))
    for who in ("lan", "xie", "cheng"):
        with pytest.raises(Refused):
            actions.decide_review(submission_id=one.id, agreed=True, by=office.be(who))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(submission=one).update(
            decided_by=office.treasury.world.workers["lan"], decided_at=clock.now(), state="decided"
        )


def test_a_returned_review_is_written_again(office: Office) -> None:
    one = complete(office)
    told = Opinion(outcome="approved", opinion="符合。")
    actions.propose_review(submission_id=one.id, given=told, by=office.be("xie"))
    with pytest.raises(BadInput):
        actions.decide_review(submission_id=one.id, agreed=False, by=office.be("lan"))
    actions.decide_review(submission_id=one.id, agreed=False, words="請說明督導比", by=office.be("lan"))
    assert set(Item.objects.filter(submission=one).values_list("granted", flat=True)) == {None}
    actions.propose_review(submission_id=one.id, given=told, by=office.be("xie"))
    actions.decide_review(submission_id=one.id, agreed=True, by=office.be("lan"))


def test_less_than_asked_says_why(office: Office) -> None:
    one = complete(office)
    item = Item.objects.get(submission=one, what="money")
    told = Opinion(outcome="partly", opinion="減列。", granted={item.id: (2_000_000, "")})
    with pytest.raises(BadInput):
        actions.propose_review(submission_id=one.id, given=told, by=office.be("xie"))


def test_the_letter_makes_grants_and_posts_and_ends_both_matters(office: Office) -> None:
    one = decided(office, money=(2_400_000, "依歷年執行率"))
    task = Submission.objects.get(id=one.id).task_id
    assert owed(task) == [("submission.letter", date(2026, 8, 31))]
    given = LetterGiven(number="衛部救字第1150000123號", dated_on=date(2026, 6, 1))
    with pytest.raises(BadInput):
        actions.write_letter(submission_id=one.id, given=given, by=office.be("xie"))
    with pytest.raises(Refused):
        actions.write_letter(submission_id=one.id, given=given, by=office.be("cheng"))
    given = LetterGiven(number=given.number, dated_on=given.dated_on, posts_from_on=date(2027, 1, 1))
    actions.write_letter(submission_id=one.id, given=given, by=office.be("xie"))
    grant = Grant.objects.get(arose_from=one.id)
    assert (grant.county, grant.year, Award.objects.get(grant=grant).total) == ("99001", 2027, 2_400_000)
    assert PostChange.objects.get().letter == given.number
    assert Matter.objects.filter(id__in=[one.id, task], ended_at=None).count() == 0
    cheng = office.be("cheng")
    assert queries.approved_posts(cheng, date(2026, 12, 31)) == {("99001", "supervisor"): 0}
    assert queries.approved_posts(cheng, date(2027, 1, 1)) == {("99001", "supervisor"): 1}
    _page, sheet = queries.letter_sheet(cheng, _number(office))
    assert given.number in sheet.text
    assert "2,400,000元" in sheet.text


def test_results_are_everybodys_once_published(office: Office) -> None:
    one = decided(office)
    number = _number(office)
    with pytest.raises(Refused):
        actions.publish_results(call_id=office.call.id, by=office.be("xie"))
    given = LetterGiven(number="號1", dated_on=date(2026, 6, 1), posts_from_on=date(2027, 1, 1))
    actions.write_letter(submission_id=one.id, given=given, by=office.be("xie"))
    with pytest.raises(NotFound):
        queries.submission_page(office.be("bo"), number)
    actions.publish_results(call_id=office.call.id, by=office.be("xie"))
    page = queries.submission_page(office.be("bo"), number)
    assert [one.granted for one in page.items] == ["3,000,000元", "增1名"]
    assert (page.parts, page.receipts, page.may_write) == ((), (), False)


def test_a_county_off_the_system_is_entered_by_proxy(office: Office) -> None:
    one = office.of("99003")
    office.write("xie", "99003")
    told = ProxyGiven(how="letter", paper="珊社字第1150000007號", received_at=clock.now())
    with pytest.raises(Refused):
        actions.send_by_proxy(submission_id=office.of("99002").id, given=told, by=office.be("xie"))
    with pytest.raises(BadInput):
        actions.send_by_proxy(
            submission_id=one.id, given=ProxyGiven(how="letter", paper="", received_at=clock.now()), by=office.be("xie")
        )
    receipt = actions.send_by_proxy(submission_id=one.id, given=told, by=office.be("xie"))
    assert (receipt.how, receipt.round) == ("letter", 1)


def test_posts_change_by_letter_alone_and_never_below_none(office: Office) -> None:
    given = {"county": "99001", "dated_on": date(2026, 6, 1), "because": "一中心一督導"}
    by = office.be("xie")
    actions.change_posts(kind="supervisor", change=3, from_on=date(2026, 1, 1), letter="甲號", by=by, **given)
    actions.change_posts(kind="supervisor", change=-3, from_on=date(2026, 7, 1), letter="乙號", by=by, **given)
    for change, day in ((-1, date(2026, 7, 1)), (-4, date(2026, 2, 1)), (-1, date(2026, 2, 1))):
        with pytest.raises(Refused):
            actions.change_posts(kind="supervisor", change=change, from_on=day, letter="丙號", by=by, **given)
    with pytest.raises(BadInput):
        actions.change_posts(kind="supervisor", change=1, from_on=date(2026, 7, 1), letter=" ", by=by, **given)
    with pytest.raises(Refused):
        actions.change_posts(
            kind="supervisor", change=1, from_on=date(2026, 7, 1), letter="丁號", by=office.be("cheng"), **given
        )
    row = PostChange(
        id=uuid7(), county="99001", kind="supervisor", change=-1, from_on=date(2026, 8, 1), letter="戊號",
        dated_on=date(2026, 6, 1), because="手誤", by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        written(row)


def written(row: PostChange) -> None:
    """Past the action: the database holds it by itself."""
    row.save(force_insert=True)
    keep()


def test_refuses_what_no_call_can_be(office: Office) -> None:
    base = {"title": "另一次", "year": 2027, "due_on": DUE, "parts": [("計畫書", True)]}
    for wrong in ({"title": ""}, {"parts": []}, {"parts": [("甲", True), ("甲", True)]}, {"due_on": date(2026, 6, 1)},
                  {"year": 1912}):  # fmt: skip
        with pytest.raises(BadInput):
            actions.draft_call(given=CallGiven(**{**base, **wrong}), by=office.be("xie"))
    with pytest.raises(Refused):
        actions.draft_call(given=CallGiven(**base), by=office.be("cheng"))
    with pytest.raises(Conflict):
        actions.publish_call(call_id=office.call.id, counties=["99001"], by=office.be("xie"))
    draft = actions.draft_call(given=CallGiven(**base), by=office.be("xie"))
    with pytest.raises(NotFound):
        queries.call_page(office.be("cheng"), draft.id)
    assert queries.call_page(office.be("xie"), draft.id).is_draft


def _number(office: Office, county: str = "99001") -> str:
    return Matter.objects.get(id=office.of(county).id).number


def kept(office: Office, who: str, content: bytes, part: int = 1) -> Document:
    return actions.add_document(
        submission_id=office.of().id, part_id=office.part(part), name="計畫書.pdf", media_type="application/pdf",
        content=content, by=office.be(who),
    )  # fmt: skip


def test_documents_are_kept_until_sent_and_seen_by_the_ministry_after(office: Office) -> None:
    first, second = kept(office, "cheng", b"one"), kept(office, "cheng", b"two")
    for bad in (b"", b"one", b"x" * (actions.MOST_BYTES + 1)):
        with pytest.raises(BadInput):
            kept(office, "cheng", bad)
    with pytest.raises(Refused):
        kept(office, "bo", b"of another county")
    actions.take_back_document(submission_id=office.of().id, document_id=second.id, by=office.be("cheng"))
    with pytest.raises(NotFound):
        queries.document(office.be("xie"), _number(office), first.id)
    actions.send(submission_id=office.of().id, by=office.be("cheng"))
    assert queries.document(office.be("xie"), _number(office), first.id) == ("計畫書.pdf", b"one")
    page = queries.submission_page(office.be("xie"), _number(office))
    assert [part.is_missing for part in page.parts] == [False, True, False]
    with pytest.raises(NotFound):
        queries.document(office.be("xie"), _number(office), second.id)
    with pytest.raises(NotFound):
        queries.document(office.be("bo"), _number(office), first.id)
    with pytest.raises(Conflict):
        kept(office, "cheng", b"too late")
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(id=first.id).update(content=b"other")


def test_the_letter_stands_in_the_register_of_papers(office: Office) -> None:
    one = decided(office)
    given = LetterGiven(number="衛部護字第1161234567號", dated_on=clock.today(), posts_from_on=date(2027, 1, 1))
    letter = actions.write_letter(submission_id=one.id, given=given, by=office.be("xie"))
    paper = Paper.objects.get(number=given.number)
    assert letter.paper_id == paper.id
    one.refresh_from_db()
    assert (paper.state, paper.direction, paper.matter_id) == ("sent", "out", one.task_id)
    assert paper.other_unit_id == one.unit_id
    assert paper.unit_id in office.be("xie").units
    assert queries.submission_page(office.be("cheng"), _number(office)).is_registered
