"""Minutes on paper in the official form: ODT to edit, tagged PDF to send. What was imported is printed as it came."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import translation

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents.actions.printing import printed_by
from anwang.documents.printing import Part, Printed, Sheet, printed
from anwang.minutes import official
from anwang.minutes.queries.paper import printed_lines
from anwang.minutes.queries.sitting import sitting
from anwang.minutes.queries.sitting_page import SittingPage
from anwang.minutes.states import Attends, Came

OPEN = "普通"


@transaction.atomic
@translation.override("zh-hant")
def print_minutes(*, sitting_id: UUID, form: str, by: Viewer) -> Printed:
    """Whoever may read them may print them. `form` is odt or pdf."""
    page = sitting(by, sitting_id)
    sheet = imported_sheet(by, page) if page.is_imported else sheet_of(page)
    file = printed(sheet, form, printed_by(by))
    record("minutes.print", by=by, subject_id=sitting_id, form=form)
    return file


def sheet_of(page: SittingPage) -> Sheet:
    """The sheet of minutes drafted here. A draft says so in its title."""
    draft = draft_of(page)
    parts = [Part(heading, paragraphs=(words,) if words else ()) for heading, words in official.sections(draft)]
    title = draft.title if page.is_out else f"{draft.title}（草稿）"
    return Sheet(
        title=title, name=f"會議紀錄-{page.number or page.id}", author=page.unit, secrecy=OPEN,
        envelope=tuple(official.head(draft)), parts=tuple(parts),
    )  # fmt: skip


def imported_sheet(by: Viewer, page: SittingPage) -> Sheet:
    """The printed lines of imported minutes, as they came."""
    words = "\n".join(line.text for line in printed_lines(by, page.id))
    return Sheet(
        title=page.title, name=f"會議紀錄-{page.number or page.id}", author=page.unit, secrecy=OPEN,
        parts=(Part("", paragraphs=(words,)),),
    )  # fmt: skip


def draft_of(page: SittingPage) -> official.Draft:
    """A sitting as the official form wants it."""
    return official.Draft(
        title=page.title, met_on=page.met_on, start_time=page.start_time, place=page.place, chair=page.chair,
        recorder=page.recorder, present=tuple(_present(page)), opening=page.text_of("主席致詞"),
        amendments=tuple((one.target, one.text) for one in page.corrections),
        before=page.text_of("確認前次會議紀錄"),
        topics=tuple(
            official.Topic(
                one.kind, one.title, one.unit, one.explanation, one.lead,
                tuple(official.Point(each.number, each.text) for each in one.decisions),
            )
            for one in page.items
        ),
        adjourned_time=page.adjourned_time,
    )  # fmt: skip


def _present(page: SittingPage) -> list[tuple[str, str]]:
    """出席 and 列席, one line each, with how they came where that was not in the room."""
    lines = []
    for attends, label in ((Attends.MEMBER, "出席單位"), (Attends.GUEST, "列席單位")):
        there = [one for one in page.guests if one.attends == attends and one.came not in (Came.AWAY, Came.ABSENT)]
        said = []
        for one in there:
            how = "（視訊）" if one.came == Came.VIDEO else f"（{one.instead}代理）" if one.instead else ""
            said.append(f"{one.unit}{f' {one.who}' if one.who else ''}{how}")
        if said:
            lines.append((label, "、".join(said)))
    away = [
        f"{one.unit}{f' {one.who}' if one.who else ''}" for one in page.guests if one.came in (Came.AWAY, Came.ABSENT)
    ]
    return [*lines, ("請假人員", "、".join(away))] if away else lines
