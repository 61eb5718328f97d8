"""個案彙總報告 and 評估報告 on paper: what the case's page shows, for one side; no place, telephone or reporter."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.cases import queries as cases
from anwang.documents import actions
from anwang.documents.circles import nameable
from anwang.documents.printing import Part, Sheet
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound

from .letters import as_file
from .showing import asks_print, show

MOST_CONTACTS = 30


def summary(request: HttpRequest, number: str) -> HttpResponse:
    """The whole case on paper, for the side that `?circle=` says; the case's own side where nothing is said."""
    with translation.override("zh-hant"):
        case = cases.page(request.viewer, number, trace="papers.summary")
        circle = _circle(request, case)
        sheet = summary_sheet(case, nameable(case.id, circle), circle)
    if form := asks_print(request):
        return as_file(
            actions.print_sheet(
                sheet=sheet, form=form, file_id=case.id, what="summary", by=request.viewer, circle=circle
            )
        )
    sides = [(one.value, str(one.label)) for one in Circle] if case.circle != Circle.NEUTRAL else []
    return show(
        request, sheet, what="summary", file_id=case.id, number=number, circle=circle,
        template="papers/summary.html", sides=sides,
    )  # fmt: skip


def evaluation(request: HttpRequest, number: str, report_id: UUID) -> HttpResponse:
    """One assessment or investigation report as it was handed in."""
    with translation.override("zh-hant"):
        case = cases.page(request.viewer, number, trace="papers.evaluation")
        sheet = evaluation_sheet(case, report_id)
    if form := asks_print(request):
        return as_file(
            actions.print_sheet(
                sheet=sheet, form=form, file_id=case.id, what="evaluation", by=request.viewer, circle=case.circle
            )
        )
    return show(
        request, sheet, what="evaluation", file_id=case.id, number=number, circle=case.circle,
        template="papers/record.html",
    )  # fmt: skip


def _circle(request: HttpRequest, case: cases.CasePage) -> str:
    asked = request.GET.get("circle", "")
    return asked if asked in Circle.values and case.circle != Circle.NEUTRAL else case.circle


def summary_sheet(case: cases.CasePage, named: Collection[UUID], circle: str) -> Sheet:
    """Left out on purpose: addresses, telephones, the reporter, warnings to colleagues, whoever is not `named`."""
    if not case.reads_case:
        raise NotFound(_("找不到這個案件。"))
    facts = [("案類", case.kind_text), ("接獲", case.received), ("成案", case.opened), ("狀態", case.phase_text),
             ("結案", case.closed), ("法律依據", case.legal_basis), ("權責機關", case.authority)]  # fmt: skip
    parts = [Part("案件", rows=tuple(row for row in facts if row[1]))]
    people = tuple(
        (one.name, one.age, one.role_text, one.grade or "－", one.sight or "－", one.ended or "服務中")
        for one in (*case.subjects, *case.past) if one.person_id is None or one.person_id in named
    )  # fmt: skip
    if people:
        parts.append(Part("服務對象", table=(("姓名", "年齡", "身分", "分級分類", "見到", "結束"), *people)))
    # Words of other people's sides are another side's to tell: only a paper for the case's own side holds them.
    if circle == case.circle:
        parts += [_reports(case), _contacts(case, named)]
    parts += [_placements(case, named), _next(case, named)]
    return Sheet(
        title="個案彙總報告", name=f"個案彙總報告-{case.number}", author=case.unit, secrecy="密",
        envelope=(("受文者", "本案團隊"), ("案號", case.number), ("承辦單位", case.unit),
                  ("製表日", roc.roc_long(clock.today()))),
        parts=tuple(part for part in parts if part.rows or part.paragraphs or part.table),
        signatures=("承辦人", "督導", "主管"),
    )  # fmt: skip


def evaluation_sheet(case: cases.CasePage, report_id: UUID) -> Sheet:
    """The report with its parts and its author."""
    kinds = ("assessment", "investigation")
    found = next((one for one in case.entries if one.id == report_id and one.what in kinds), None)
    if found is None or not case.reads_case:
        raise NotFound(_("找不到這份報告。"))
    author = f"{found.by}（{found.unit}）"
    facts = (("報告", found.title), ("日期", found.when), ("製作", author), ("審核", found.state))
    return Sheet(
        title=found.title, name=f"評估報告-{case.number}", author=case.unit, secrecy="密",
        envelope=(("案號", case.number), ("案類", case.kind_text), ("承辦單位", case.unit)),
        parts=(Part("", rows=tuple(row for row in facts if row[1])),
               Part("內容", paragraphs=tuple(line for line in found.text.split("\n\n") if line.strip()))),
        signatures=("製作人", "督導"),
    )  # fmt: skip


def _reports(case: cases.CasePage) -> Part:
    found = [one for one in case.entries if one.what in ("assessment", "investigation")]
    return Part("評估與調查", paragraphs=tuple(f"{one.when}　{one.title}\n{one.text}" for one in found[:5]))


def _contacts(case: cases.CasePage, named: Collection[UUID]) -> Part:
    """When, how, by whom, who was met; the words of a visit stand in its own record."""
    rows = tuple(
        (one.when, one.title, one.by, "、".join(s.name for s in one.sightings if s.is_yes and s.person_id in named))
        for one in case.entries if one.what == "contact" and not one.corrected
    )  # fmt: skip
    head = (("時間", "方式與結果", "訪視人員", "見到"),)
    return Part("聯繫", table=(*head, *rows[:MOST_CONTACTS]) if rows else ())


def _placements(case: cases.CasePage, named: Collection[UUID]) -> Part:
    """Kind and time; never the place."""
    rows = tuple(
        (one.name, one.kind, one.placed, one.ended or "安置中") for one in case.placements
        if one.person_id is None or one.person_id in named
    )  # fmt: skip
    return Part("安置", table=(("姓名", "種類", "開始", "結束"), *rows) if rows else ())


def _next(case: cases.CasePage, named: Collection[UUID]) -> Part:
    rows = tuple(
        (one.what, one.whom if one.person_id in named else "", roc.roc_long(clock.local(one.due_at).date()))
        for one in case.duties if one.person_id is None or one.person_id in named
    )  # fmt: skip
    return Part("接下來", table=(("要做什麼", "對象", "期限"), *rows) if rows else ())
