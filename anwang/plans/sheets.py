"""A plan on paper for one addressee: only what may go to him, of his side and of neither, naming no other."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from anwang.access.states import Circle, Zone
from anwang.access.viewer import Viewer
from anwang.documents import circles
from anwang.documents.printing import Part, Sheet
from anwang.documents.states import Secrecy
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.people.models import Person
from anwang.people.words import name_words
from anwang.plans import pages, sides, writing
from anwang.plans.models import Line, Version
from anwang.plans.states import LineKind, Owner, Reader

ZONES_FOR = {
    Reader.FAMILY: (Zone.WORK, Zone.CASE),
    Reader.PARTNER: (Zone.WORK, Zone.CASE),
    Reader.COURT: (Zone.WORK, Zone.CASE, Zone.SPECIAL),
}
"""What of a plan may lie in which zone to be handed to whom: a court may be told what is closer kept."""
SIGNED_BY = {
    Reader.FAMILY: ("家人", "承辦人", "督導"),
    Reader.PARTNER: ("承辦人", "督導"),
    Reader.COURT: ("承辦人", "督導", "主管"),
}


@dataclass(frozen=True)
class To:
    """For whom the paper is: a person of the family, a partner unit or a court, and on which side he stands."""

    reader: Reader
    name: str = ""
    person_id: UUID | None = None
    circle: str = Circle.NEUTRAL


@translation.override("zh-hant")
def plan_sheet(viewer: Viewer, number: str, to: To) -> tuple[Sheet, UUID, str]:
    """(the sheet, the file it belongs to, the addressee's side). NotFound without a version; BadInput where a line that
    is ticked for him names somebody of the other side.
    """
    matter = pages.plan(viewer, number)
    newest = Version.objects.filter(matter_id=matter.id).select_related("by").order_by("-number").first()
    if newest is None:
        raise NotFound("還沒有訂好的計畫。先按「存成一版」，再列印。")
    known = sides.sides(matter.id)
    circle = known.get(to.person_id, to.circle) if to.person_id else to.circle
    if circle == sides.BOTH:
        raise BadInput("這個人在兩側都出現，請先確認他的身分，不能印給他。", field="person")
    lines = [line for line in writing.lines_of(newest) if _may_go(line, to.reader, circle, known)]
    name = to.name or _person(to.person_id)
    sheet = _sheet(matter, newest, lines, to.reader, name)
    sides.refuse_others(known, circle, sheet.text)
    circles.refuse_hidden_place(matter.id, sheet.text)
    return sheet, matter.id, circle


def _may_go(line: Line, reader: Reader, circle: str, known: dict[UUID, str]) -> bool:
    """Ticked for him, in a zone he may get, of his side or of neither, about and by people he may hear of."""
    named = [one for one in (line.about_id, line.owner_person_id) if one is not None]
    return (
        reader in line.goes_to
        and line.zone in ZONES_FOR[reader]
        and sides.may_be_named(line.circle, circle)
        and all(sides.may_be_named(known.get(one, Circle.NEUTRAL), circle) for one in named)
    )


def _sheet(plan: pages.PlanPage, version: Version, lines: list[Line], reader: Reader, name: str) -> Sheet:
    of = {kind: [line for line in lines if line.kind == kind] for kind in LineKind}
    agreed = roc.roc_long(clock.local(version.at).date())
    strong = "你們的力量" if reader == Reader.FAMILY else "優勢"
    again = f"{roc.roc_long(version.review_on)}以前一起檢視，有變化隨時可以提前。"
    parts = [
        _said(of[LineKind.WORDS]), _listed(strong, of[LineKind.STRENGTH]), _listed("需求", of[LineKind.NEED]),
        _listed("目標", of[LineKind.GOAL]), _actions(of[LineKind.ACTION]),
        Part("什麼時候再一起看", paragraphs=(again,)),
    ]  # fmt: skip
    return Sheet(
        title="家庭服務計畫", name=f"計畫-{plan.number}-{version.number}", author=plan.unit,
        secrecy=str(Secrecy.CONFIDENTIAL.label),
        envelope=(
            ("受文者", name), ("案號", plan.number), ("承辦單位", plan.unit),
            ("版次", f"第{version.number}版，{agreed}"),
        ),
        parts=tuple(part for part in parts if part is not None), signatures=SIGNED_BY[reader],
    )  # fmt: skip


def _said(lines: list[Line]) -> Part | None:
    rows = tuple((writing.about(one), f"「{writing.text_of(one)}」") for one in lines)
    return Part("家人的話", table=(("誰說的", "說了什麼"), *rows)) if rows else None


def _listed(heading: str, lines: list[Line]) -> Part | None:
    words = tuple("：".join(filter(None, (writing.about(one), writing.text_of(one)))) for one in lines)
    return Part(heading, paragraphs=words) if words else None


def _actions(lines: list[Line]) -> Part | None:
    """A worker's name and a partner's; of the community what the plan itself says."""
    rows = tuple(
        (writing.text_of(one), _doer(one), _day(one), "照顧者" if one.for_carer else "") for one in lines
    )  # fmt: skip
    return Part("誰做什麼", table=(("做什麼", "誰做", "什麼時候前", "支持誰"), *rows)) if rows else None


def _day(line: Line) -> str:
    return roc.roc_long(line.due_on) if line.due_on else ""


def _doer(line: Line) -> str:
    said = writing.owner_of(line)
    return f"{said}（家人）" if line.owner == Owner.FAMILY else said


def _person(person_id: UUID | None) -> str:
    found = Person.objects.filter(id=person_id).first() if person_id else None
    if found is None:
        raise BadInput("請選要給誰。", field="person")
    return name_words(found.name, found.name_kind)
