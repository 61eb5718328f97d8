"""訪視紀錄 on paper: what the case's page shows of a contact, for the team of that file."""

from collections.abc import Collection
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.cases import queries as cases
from anwang.documents import actions
from anwang.documents.circles import nameable
from anwang.documents.printing import Part, Sheet
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound

from .letters import as_file
from .showing import asks_print, show


def visit(request: HttpRequest, number: str, contact_id: UUID) -> HttpResponse:
    """One visit record: looked at (GET) or printed (POST, traced as printing)."""
    with translation.override("zh-hant"):
        case = cases.page(request.viewer, number, trace="papers.visit")
        sheet = visit_sheet(case, contact_id, nameable(case.id, case.circle))
    if form := asks_print(request):
        return as_file(
            actions.print_sheet(
                sheet=sheet, form=form, file_id=case.id, what="visit", by=request.viewer, circle=case.circle
            )
        )
    return show(
        request, sheet, what="visit", file_id=case.id, number=number, circle=case.circle, template="papers/record.html"
    )  # fmt: skip


def visit_sheet(case: cases.CasePage, contact_id: UUID, named: Collection[UUID]) -> Sheet:
    """The record as a sheet. Left out on purpose: addresses, telephones, what the next colleague must beware of, and
    whom one visit for several cases saw beyond this file's side (not `named`).
    """
    found = next((one for one in case.entries if one.id == contact_id and one.what == "contact"), None)
    if found is None or not case.reads_case:
        raise NotFound(_("找不到這筆訪視紀錄。"))
    begun = clock.local(found.at)
    when = f"{roc.roc_long(begun.date())}　{begun:%H:%M}" + (f"－{found.until}" if found.until else "")
    seen = tuple((one.name, one.words) for one in found.sightings if one.person_id in named)
    facts = [("訪視時間", when), ("方式與結果", found.title), ("訪視人員", f"{found.by}（{found.unit}）")]
    facts += [("同行", found.companions)] if found.companions else []
    if found.recorded_at:
        written = clock.local(found.recorded_at)
        late = "（補登）" if found.is_late else ""
        facts.append(("登錄時間", f"{roc.roc_long(written.date())}　{written:%H:%M}{late}"))
    parts = [Part("", rows=tuple(facts))]
    parts += [Part("見到的人", table=(("姓名", "情形"), *seen))] if seen else []
    parts += [Part("內容", paragraphs=tuple(line for line in found.text.split("\n\n") if line.strip()))]
    return Sheet(
        title="訪視紀錄", name=f"訪視紀錄-{case.number}", author=case.unit, secrecy="密",
        envelope=(("案號", case.number), ("案類", case.kind_text), ("承辦單位", case.unit)),
        parts=tuple(parts), signatures=("訪視人員", "督導"),
    )  # fmt: skip
