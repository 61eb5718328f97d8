"""Templates of an office's sheets: which is in use, what a new one would look like, and what was printed of a file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Worker
from anwang.directory.queries import superiors
from anwang.documents.models import Printing, Template
from anwang.documents.printing import Part, PrintedBy, Sheet, design, odt, pdf
from anwang.documents.printing.checking import Finding, look_through
from anwang.documents.states import SheetKind, TemplateState
from anwang.foundation import clock, roc
from anwang.foundation.errors import NotFound

SHOWN = 20
BY = PrintedBy("範例人員", "範例單位", "115年1月1日　09:00", "試印範本")


@dataclass(frozen=True)
class TemplateLine:
    id: UUID
    kind: str
    name: str
    unit: str
    state: str
    state_words: str
    when: str
    is_mine: bool


@dataclass(frozen=True)
class PrintingLine:
    """One time something of a file was printed."""

    title: str
    form: str
    to: str
    when: str
    by: str
    unit: str


def template_for(viewer: Viewer, kind: str) -> Template | None:
    """The template in use for a kind: of the viewer's unit, else of the nearest unit above it that has one."""
    if kind not in SheetKind.values or viewer.unit_id is None:
        return None
    chain = superiors(viewer.unit_id)
    found = {one.unit_id: one for one in Template.objects.filter(unit_id__in=chain, kind=kind, state="used")}
    return next((found[unit] for unit in chain if unit in found), None)


def templates(viewer: Viewer) -> list[TemplateLine]:
    """Templates of the viewer's units and of those above them; the ones in use first."""
    chain = {one for unit in viewer.units for one in superiors(unit)}
    rows = Template.objects.filter(unit_id__in=chain).select_related("unit").defer("body").order_by("-recorded_at")
    order = {TemplateState.USED: 0, TemplateState.TRIED: 1, TemplateState.ENDED: 2}
    return sorted((_line(viewer, row) for row in rows[:50]), key=lambda one: order[TemplateState(one.state)])


def template(viewer: Viewer, template_id: UUID) -> tuple[TemplateLine, list[Finding]]:
    """One template and what was found in it. NotFound outside the viewer's branch."""
    row = _of(viewer, template_id)
    return _line(viewer, row), look_through(bytes(row.body))


def template_body(viewer: Viewer, template_id: UUID) -> bytes:
    """The ODT as it was brought."""
    return bytes(_of(viewer, template_id).body)


def blank() -> bytes:
    """The template that comes with the product."""
    return odt.blank()


def tried(viewer: Viewer, template_id: UUID, form: str) -> bytes:
    """An invented sheet in this look: `png` its first page, else the whole as `pdf` or `odt`."""
    row = _of(viewer, template_id)
    body, sheet = bytes(row.body), example(row.kind)
    if form == "odt":
        return odt.write(sheet, BY, body)
    return pdf.picture(sheet, BY, design.read(body)) if form == "png" else pdf.write(sheet, BY, design.read(body))


def example(kind: str) -> Sheet:
    """An invented sheet with everything a sheet can hold."""
    return Sheet(
        title=f"{SheetKind(kind).label}（範例）", name="範例", author="範例單位", secrecy="密",
        envelope=(
            ("受文者", "範例收文單位"), ("發文字號", "範字第1150000001號"), ("案號", "C115-0000-0000"),
            ("承辦單位", "範例單位"),
        ),
        parts=(
            Part("目標", paragraphs=("孩子每天準時上學", "照顧者每週休息半天")),
            Part("誰做什麼", table=(("做什麼", "誰做", "什麼時候前"), ("早上叫孩子起床", "母親", "115年4月1日"))),
            Part("訪視時間", rows=(("訪視時間", "115年3月8日　10:00"), ("方式與結果", "家訪・見到"))),
        ),
        closing=("正本：範例收文單位",), signatures=("承辦人", "督導", "主管"),
    )  # fmt: skip


def printings(viewer: Viewer, *, file_id: UUID | None = None, paper_id: UUID | None = None) -> list[PrintingLine]:
    """What was printed of a file or of one paper, newest first, as far as the viewer reads the file."""
    rows = Printing.objects.order_by("-at", "-id")
    rows = rows.filter(paper_id=paper_id) if paper_id else rows.filter(file_id=file_id)
    found = list(rows.select_related("unit")[:SHOWN])
    names = {one.id: one.called for one in Worker.objects.filter(id__in={row.by for row in found})}
    lang: roc.Lang = "en" if (get_language() or "").startswith("en") else "zh"
    return [
        PrintingLine(
            row.title, row.form.upper(), row.to, roc.clock_time(row.at, clock.now(), lang), names.get(row.by, ""),
            row.unit.called,
        )
        for row in found
    ]  # fmt: skip


def _of(viewer: Viewer, template_id: UUID) -> Template:
    chain = {one for unit in viewer.units for one in superiors(unit)}
    row = Template.objects.filter(id=template_id, unit_id__in=chain).select_related("unit").first()
    if row is None:
        raise NotFound(_("找不到這個範本。"))
    return row


def _line(viewer: Viewer, row: Template) -> TemplateLine:
    lang: roc.Lang = "en" if (get_language() or "").startswith("en") else "zh"
    return TemplateLine(
        row.id, str(SheetKind(row.kind).label), row.name, row.unit.called, row.state,
        str(TemplateState(row.state).label), roc.clock_time(row.used_at or row.recorded_at, clock.now(), lang),
        row.unit_id in viewer.units,
    )  # fmt: skip
