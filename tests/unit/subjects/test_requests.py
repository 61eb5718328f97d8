"""Requests are taken, answered in the name of who took them, looked at by a second person, and leak nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from anwang.foundation import clock
from anwang.foundation.errors import AnwangError, BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.subjects import actions, letters, sealed
from anwang.subjects.actions import Told
from anwang.subjects.models import Answer, Request
from tests.unit.cases.office import Office

from .conftest import BORN, HIDING, NUMBERS, PHONE, Family, family_of

SECRETS = (HIDING, "鹽寮", "無此路", PHONE, "林佳安", "佳安", "陳小樂", "小樂", "家防中心", "青嵐", "不存在國小")


def own(family: Family, key: str = "mother", **changes: object) -> Told:
    told = Told(asks="copy", asker_role="self", proof="id_card", asker="林佳安", number=NUMBERS[key])
    return replace(told, **changes)


def father(**changes: object) -> Told:
    told = Told(asks="copy", asker_role="guardian", proof="household_register", asker="陳志豪", about="陳小宇",
                born_on=BORN, number=NUMBERS["boy"])  # fmt: skip
    return replace(told, **changes)


def taken(family: Family, told: Told, who: str = "worker") -> Request:
    return actions.take_request(told=told, by=family.be(who), at=clock.now())


def text_of(answer: Answer) -> str:
    document = sealed.unseal(Answer.objects.get(id=answer.id).sealed, "answer", answer.id)
    request = Request.objects.select_related("matter", "unit").get(matter_id=answer.request_id)
    return letters.sheet(document, number=request.matter.number, unit=request.unit.name).text


def odt_words(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith(".xml"))


def test_a_request_is_a_matter_with_its_term(family: Family) -> None:
    request = taken(family, own(family))
    duty = Duty.objects.get(matter_id=request.matter_id)
    assert duty.rule_id == "subject_request.copy"
    assert clock.local(duty.due_at - timedelta(minutes=1)).date().isoformat() == "2026-03-23"
    assert b"\xe6\x9e\x97" not in bytes(request.sealed)


def test_the_term_is_extended_once_and_only_before_it_is_over(family: Family) -> None:
    request = taken(family, own(family))
    by = family.be("worker")
    actions.extend(request_id=request.matter_id, because="volume", by=by, at=clock.now())
    duty = Duty.objects.get(matter_id=request.matter_id, state="open")
    assert duty.rule_id == "subject_request.copy_extended"
    assert clock.local(duty.due_at - timedelta(minutes=1)).date().isoformat() == "2026-04-07"
    with pytest.raises(Refused, match="一次"):
        actions.extend(request_id=request.matter_id, because="volume", by=by, at=clock.now())
    late = taken(family, own(family))
    family.office.hands.advance(timedelta(days=17))
    with pytest.raises(Refused, match="期限已過"):
        actions.extend(request_id=late.matter_id, because="volume", by=family.be("worker"), at=clock.now())


def test_her_copy_holds_her_own_and_nothing_of_others_or_of_the_hiding_place(family: Family) -> None:
    request = taken(family, own(family))
    by = family.be("worker")
    actions.tie_person(request_id=request.matter_id, by=by)
    answer = actions.write_copy(request_id=request.matter_id, by=by, at=clock.now())
    text = text_of(answer)
    assert not answer.is_guarded
    assert "林佳安" in text
    assert "客廳畫圖" in text
    assert "個人資料保護法第10條但書第3款" in text
    assert [one for one in ("陳小樂", "小樂", "陳小宇", "小宇", HIDING, "無此路", "9001") if one in text] == []


def test_the_father_s_copy_of_the_boy_is_refused_in_parts_and_holds_nothing(family: Family) -> None:
    request = taken(family, father(), who="worker")
    by = family.be("worker")
    actions.tie_person(request_id=request.matter_id, by=by)
    actions.tie_asker(request_id=request.matter_id, number=NUMBERS["father"], by=by)
    answer = actions.write_copy(request_id=request.matter_id, by=by, at=clock.now())
    text = text_of(answer)
    assert answer.is_guarded
    for article in ("個人資料保護法第10條但書第3款", "個人資料保護法第10條但書第2款", "第53條", "第66條"):
        assert article in text
    unit = "家防中心兒保組"
    assert [one for one in SECRETS if one in text.replace(unit, "")] == []


def test_the_father_s_letter_has_the_same_shape_whether_or_not_there_is_anything_to_hide(office: Office, at) -> None:
    """One world with a case, a hiding place and another side; one in which nothing is known of the boy at all."""
    nothing = Family(office, office.report, office.boy, office.mother, office.father)
    before = _letter(nothing, tie=False)
    full = family_of(office, hides=True)
    after = _letter(full, tie=True)
    assert _without_number(before[0]) == _without_number(after[0])
    assert before[1] == after[1]
    assert _without_number(before[2]) == _without_number(after[2])


def _letter(family: Family, *, tie: bool) -> tuple[str, int, str]:
    request = taken(family, father(), who="clerk")
    by = family.be("clerk")
    if tie:
        with pytest.raises(NotFound):
            actions.tie_person(request_id=request.matter_id, by=by)
    answer = actions.write_copy(request_id=request.matter_id, by=by, at=clock.now())
    actions.look(answer_id=answer.id, approve=True, by=family.be("chief"))
    by = family.be("clerk")
    pdf = actions.print_answer(request_id=request.matter_id, form="pdf", by=by)
    odt = actions.print_answer(request_id=request.matter_id, form="odt", by=by)
    assert [one for one in SECRETS if one in odt_words(odt.body)] == []
    assert "Q115" in odt.name
    return text_of(answer), pdf.body.count(b"/Type /Page") or pdf.body.count(b"/Type/Page"), odt_words(odt.body)


def _without_number(text: str) -> str:
    return re.sub(r"Q\d{3}-\d{4}-\d{4}|\d{4}-\d\d-\d\dT[\d:]+", "", text)


def test_a_guardian_who_is_no_other_side_gets_the_copy(office: Office) -> None:
    family = family_of(office, hides=False)
    request = taken(family, father(asker="林佳安"))
    by = family.be("worker")
    actions.tie_person(request_id=request.matter_id, by=by)
    actions.tie_asker(request_id=request.matter_id, number=NUMBERS["mother"], by=by)
    assert not actions.write_copy(request_id=request.matter_id, by=by, at=clock.now()).is_guarded


def test_it_leaves_only_after_a_second_person_looked(family: Family) -> None:
    request = taken(family, own(family))
    by = family.be("worker")
    actions.tie_person(request_id=request.matter_id, by=by)
    answer = actions.write_copy(request_id=request.matter_id, by=by, at=clock.now())
    for wrong in (
        lambda: actions.print_answer(request_id=request.matter_id, form="pdf", by=by),
        lambda: actions.hand_over(request_id=request.matter_id, how="in_person", by=by, at=clock.now()),
        lambda: actions.look(answer_id=answer.id, approve=True, by=by),
    ):
        with pytest.raises(Refused, match="第二人"):
            wrong()
    with pytest.raises(AnwangError):
        actions.look(answer_id=answer.id, approve=True, by=family.be("chief"))
    actions.look(answer_id=answer.id, approve=True, by=family.be("supervisor"))
    with pytest.raises(Conflict):
        actions.look(answer_id=answer.id, approve=False, by=family.be("supervisor"))
    by = family.be("worker")
    actions.hand_over(request_id=request.matter_id, how="in_person", by=by, at=clock.now())
    assert Matter.objects.get(id=request.matter_id).ended_how == "answered"
    assert not Duty.objects.filter(matter_id=request.matter_id, state="open").exists()


def test_an_answer_sent_back_is_written_anew(family: Family) -> None:
    request = taken(family, own(family))
    answer = actions.write_copy(request_id=request.matter_id, by=family.be("worker"), at=clock.now())
    actions.look(answer_id=answer.id, approve=False, by=family.be("supervisor"))
    by = family.be("worker")
    again = actions.write_copy(
        request_id=request.matter_id, by=by, at=clock.now() + timedelta(minutes=1), refuse={"services": "duty"}
    )
    assert again.id != answer.id


@pytest.mark.parametrize("who", ["worker2", "welfare_worker", "ngo_worker", "administrator", "privacy", "nurse"])
def test_nobody_else_finds_the_request_or_its_answer(family: Family, who: str) -> None:
    request = taken(family, own(family))
    answer = actions.write_copy(request_id=request.matter_id, by=family.be("worker"), at=clock.now())
    by = family.be(who)
    assert not Request.objects.exists()
    for act in (
        lambda: actions.write_copy(request_id=request.matter_id, by=by, at=clock.now()),
        lambda: actions.look(answer_id=answer.id, approve=True, by=by),
        lambda: actions.print_answer(request_id=request.matter_id, form="odt", by=by),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"asks": "everything"}, "asks"), ({"asker_role": "friend"}, "asker_role"), ({"proof": "his_word"}, "proof"),
        ({"asker": "  "}, "asker"), ({"asker_role": "agent", "about": ""}, "about"),
        ({"asks": "correct", "words": ""}, "words"), ({"born_on": BORN.replace(year=2031)}, "born_on"),
    ],
)  # fmt: skip
def test_refuses_what_is_not_said_or_not_shown(family: Family, change: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        taken(family, own(family, **change))
    assert refused.value.field == field


def test_a_number_that_several_people_carry_or_nobody_ties_nothing(family: Family) -> None:
    by = family.be("worker")
    request = taken(family, own(family, number="A100000000"))
    with pytest.raises(NotFound, match="制式"):
        actions.tie_person(request_id=request.matter_id, by=by)
    empty = taken(family, own(family, number=""))
    with pytest.raises(BadInput):
        actions.tie_person(request_id=empty.matter_id, by=family.be("worker"))


def test_a_refusal_names_its_ground_and_a_made_up_one_is_refused(family: Family) -> None:
    request = taken(family, own(family, asks="delete", words="請刪除"))
    by = family.be("worker")
    with pytest.raises(BadInput):
        actions.write_answer(request_id=request.matter_id, outcome="refused", ground="because", by=by, at=clock.now())
    answer = actions.write_answer(
        request_id=request.matter_id, outcome="refused", ground="keep_for_duty", by=by, at=clock.now()
    )
    assert "第11條第3項但書" in text_of(answer)


def test_a_disputed_fact_is_marked_where_it_is_shown_and_not_overwritten(family: Family) -> None:
    from anwang.people import queries

    request = taken(family, own(family, asks="correct", words="我不是1994年生"))
    by = family.be("worker")
    actions.tie_person(request_id=request.matter_id, by=by)
    mark = actions.dispute(request_id=request.matter_id, fact="birth", words="本人說1995年生", by=by, at=clock.now())
    card = queries.card(by, family.mother)
    assert "83年7月7日" in card.birth
    assert [(one.fact, one.words) for one in card.disputes] == [("birth", "本人說1995年生")]
    actions.settle_dispute(dispute_id=mark, by=by, at=clock.now())
    assert queries.card(by, family.mother).disputes == ()
    with pytest.raises(NotFound):
        actions.settle_dispute(dispute_id=mark, by=family.be("worker"), at=clock.now())
