"""Forms of a programme: register, plan, appointments, attendance, what follows, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anwang.cases.queries import page
from anwang.foundation import clock
from anwang.people.states import IdentifierKind, Sex
from anwang.treatment import actions, queries, standing
from anwang.treatment.actions import Client, Ordered
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell.forms import Form

from . import forms
from .views import HERE

NEW = "new"


def register(request: HttpRequest) -> HttpResponse:
    """登錄 a programme: a case of his own is opened on his side."""
    standing.may_register(request.viewer).enforce()
    known = [(str(id_), name) for id_, name in queries.may_be_client(request.viewer)]
    form = forms.RegisterForm(request.POST or None, known=known, initial={"person": NEW})

    def act(given: dict[str, Any]) -> str:
        chosen, number = given.pop("person"), given.pop("number_id")
        about = {name: given.pop(name) for name in ("name", "sex", "birth")}
        shown = ((IdentifierKind.NATIONAL, number),) if number else ()
        new = Client(name=about["name"], sex=about["sex"] or Sex.UNKNOWN, birth=about["birth"], identifiers=shown)
        client = new if chosen == NEW else Client(person_id=UUID(chosen))
        done = actions.register_programme(client=client, ordered=Ordered(**given), by=request.viewer)
        return reverse("treatment:programme", args=[done.id])

    aside = (
        _("登錄後是他自己的案件，在相對人側，由你承辦。"),
        _("這裡不寫被害人的姓名、住處和案號。"),
    )  # fmt: skip
    back = reverse("treatment:index")
    sheet = Sheet(_("登錄處遇計畫"), _("登錄並開案"), _("登錄好了。請排定報到。"), back, aside=aside)
    return fill(request, form, sheet, act, here=HERE)


def plan(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Who carries it out, from when, how."""
    form = forms.PlanForm(request.POST or None)
    return _about(request, programme_id, form, _("排定處遇計畫"), _("存下計畫"), _stamped(actions.plan_programme))


def sessions(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Weekly appointments."""
    found = queries.programme_page(request.viewer, programme_id)
    form = forms.SessionsForm(request.POST or None, items=list(found.items))
    return _about(request, programme_id, form, _("排處遇時間"), _("排進來"), actions.add_sessions, found)


def came(request: HttpRequest, programme_id: UUID, session_id: UUID) -> HttpResponse:
    """Whether he came to one of them."""
    form = forms.CameForm(request.POST or None)

    def act(*, programme_id: UUID, **given: Any) -> None:
        actions.mark_came(session_id=session_id, at=clock.now(), **given)

    aside = (_("法院命的處遇缺席，要在期限內告知主管機關。"),)
    return _about(request, programme_id, form, _("登錄出席"), _("存下這次"), act, aside=aside)


def missed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """He stayed away in another way than from an appointment."""
    form = forms.MissedForm(request.POST or None)
    return _about(request, programme_id, form, _("沒有依計畫接受處遇"), _("記下來"), actions.note_missed)


def told(request: HttpRequest, programme_id: UUID, missed_id: UUID) -> HttpResponse:
    """The authority was told."""
    form = forms.ToldForm(request.POST or None)

    def act(*, programme_id: UUID, **given: Any) -> None:
        actions.tell_missed(missed_id=missed_id, **given)

    return _about(request, programme_id, form, _("告知主管機關"), _("記下告知"), act)


def then(request: HttpRequest, programme_id: UUID, missed_id: UUID) -> HttpResponse:
    """What the authority decided."""
    form = forms.ThenForm(request.POST or None)

    def act(*, programme_id: UUID, **given: Any) -> None:
        actions.decide_missed(missed_id=missed_id, at=clock.now(), **given)

    aside = (_("命完成處遇的保護令，不完成是違反保護令罪。"),)
    return _about(request, programme_id, form, _("主管機關怎麼處理"), _("存下決定"), act, aside=aside)


def threat(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """He threatened somebody, or was violent."""
    form = forms.ThreatForm(request.POST or None)
    aside = (_("有立即危險，請先打110。"), _("存下的同時，被保護的人的承辦人會收到提醒，看不到這裡的內容。"))
    act = _stamped(actions.note_threat)
    return _about(request, programme_id, form, _("處遇中發現恐嚇或施暴"), _("存下並提醒"), act, aside=aside)


def warned(request: HttpRequest, programme_id: UUID, threat_id: UUID) -> HttpResponse:
    """Police and authority were warned."""
    form = forms.WarnedForm(request.POST or None)

    def act(*, programme_id: UUID, **given: Any) -> None:
        actions.warned(threat_id=threat_id, **given)

    return _about(request, programme_id, form, _("已告知警察和主管機關"), _("記下告知"), act)


def end(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The programme ends."""
    form = forms.EndForm(request.POST or None)
    aside = (_("登錄完成之前，每一次都要登錄出席。"), _("結束後請回復法院或主管機關，再送案件結案。"))
    return _about(request, programme_id, form, _("處遇計畫結束"), _("存下結果"), actions.end_programme, aside=aside)


def reported(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The outcome was reported."""
    form = forms.ReportedForm(request.POST or None)
    return _about(request, programme_id, form, _("處遇結果已經回復"), _("記下回復"), actions.report_outcome)


def _stamped(action: Callable[..., Any]) -> Callable[..., Any]:
    def act(**given: Any) -> Any:
        return action(at=clock.now(), **given)

    return act


def _about(
    request: HttpRequest, programme_id: UUID, form: Form, title: str, go: str, action: Callable[..., Any],
    found: queries.ProgrammePage | None = None, aside: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    found = found or queries.programme_page(request.viewer, programme_id)
    case = page(request.viewer, found.line.case)

    def act(given: dict[str, Any]) -> None:
        action(programme_id=programme_id, by=request.viewer, **given)

    sheet = Sheet(title, go, _("記下了。"), reverse("treatment:programme", args=[programme_id]), aside=aside)
    return fill(request, form, sheet, act, case=case, here=HERE)
