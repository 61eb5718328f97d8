"""The letter that tells of an emergency placement: never the place, never the other side; sent, it is the notice."""

from datetime import timedelta

import pytest

from anwang.access.actions import involve
from anwang.audit.models import Reading
from anwang.cases.actions import Excluded, Place, draft_notice, exclude_time, letter_went_out, place
from anwang.cases.models import Case, Notice, Placement
from anwang.documents import actions as documents
from anwang.documents import queries as papers
from anwang.documents.models import Paper
from anwang.documents.printing import ODT
from anwang.documents.states import Way
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty
from tests.unit.cases.office import Office

NUMBER = "望社字第1150009001號"
PLACE = "望潮縣河岬鎮無此路9137號5樓"


def placed(office: Office, *, is_emergency: bool = True) -> tuple[Case, Placement]:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    where = Place(
        "foster", "child_56", clock.now() - timedelta(minutes=10), is_emergency, pupil="yes", address=PLACE,
        ask_whom="家防中心(08)000-1000",
    )  # fmt: skip
    return case, place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))


def drafted(office: Office, placement: Placement, kind: str = "court", words: str = "") -> Paper:
    to = {"parents": "陳志豪", "school": "河岬國民小學"}.get(kind, "望潮地方法院")
    return draft_notice(
        placement_id=placement.id, kind=kind, to_whom=to, words=words, by=office.be("worker"), at=clock.now()
    )


@pytest.mark.parametrize("kind", ["court", "police", "parents", "school"])
def test_tells_since_when_and_whom_and_never_where(office: Office, kind: str) -> None:
    case, placement = placed(office)
    paper = drafted(office, placement, kind)
    sheet, file_id = papers.letter_sheet(office.be("worker"), paper.id)
    assert file_id == case.id
    assert "陳小宇" in sheet.text
    assert "兒童及少年福利與權益保障法第56條" in sheet.text
    assert "115年3月8日03時00分" in sheet.text
    assert "安置處所依法保密" in sheet.text
    assert "9137" not in sheet.text
    assert "無此路" not in sheet.text
    assert "林佳安" not in sheet.text
    assert ("陳志豪" in sheet.text) is (kind == "parents")
    assert (office.matter(case.id).number in sheet.text) is (kind in ("court", "police"))
    assert paper.other_name == ("" if kind == "parents" else sheet.closing[0].removeprefix("正本："))
    assert "陳" not in sheet.name


def test_says_until_when_with_the_minutes_that_do_not_count(office: Office) -> None:
    _case, placement = placed(office)
    exclude_time(placement_id=placement.id, excluded=Excluded("traffic", 90), by=office.be("worker"), at=clock.now())
    sheet, _file = papers.letter_sheet(office.be("worker"), drafted(office, placement).id)
    assert "115年3月11日04時30分" in sheet.text


@pytest.mark.parametrize(
    ("kind", "words"), [("parents", "媽媽林佳安同意"), ("court", f"現住{PLACE}"), ("school", PLACE)]
)
def test_refuses_words_that_name_a_side_or_the_place(office: Office, kind: str, words: str) -> None:
    case, placement = placed(office)
    involve(file_id=case.id, person_id=office.mother, circle="victim", by=office.be("worker"))
    with pytest.raises(BadInput) as refused:
        drafted(office, placement, kind, words)
    assert refused.value.field == "words"


def test_is_the_notice_once_a_clerk_sent_it_and_ends_the_duty(office: Office) -> None:
    case, placement = placed(office)
    paper = drafted(office, placement)
    owed = Duty.objects.get(matter_id=placement.id, rule_id="placement.notice_court")
    assert owed.state == "open"
    clerk = office.be("clerk")
    assert letter_went_out(paper_id=paper.id, by=clerk) is None
    documents.number_letter(paper_id=paper.id, number=NUMBER, dated_on=clock.today(), by=clerk, at=clock.now())
    documents.send_paper(paper_id=paper.id, way=Way.BY_HAND, by=clerk, at=clock.now())
    assert letter_went_out(paper_id=paper.id, by=clerk) is not None
    owed.refresh_from_db()
    assert owed.state == "done"
    office.be("worker")
    told = Notice.objects.get(case_id=case.id)
    assert (told.kind, told.to_whom, told.way, told.number) == ("court", "望潮地方法院", "letter", NUMBER)


def test_keeps_a_parents_name_out_of_the_envelope_that_a_clerk_sees(office: Office) -> None:
    _case, placement = placed(office)
    paper = drafted(office, placement, "parents")
    line = papers.paper(office.be("clerk"), paper.id)
    assert "陳志豪" not in repr(line)


def test_prints_with_a_trace(office: Office) -> None:
    _case, placement = placed(office)
    paper = drafted(office, placement, "parents")
    file = documents.print_paper(paper_id=paper.id, form=ODT, by=office.be("worker"))
    assert file.name.startswith("通知-")
    traced = Reading.objects.filter(what="print.paper.odt", file_id=placement.case_id)
    assert traced.count() == 1


def test_has_no_letter_for_another_placement_or_another_addressee(office: Office) -> None:
    _case, placement = placed(office, is_emergency=False)
    with pytest.raises(Refused, match="不是緊急安置"):
        drafted(office, placement)
    with pytest.raises(BadInput):
        drafted(office, placement, "lead")
