"""Notes of the team, and the incident note that anybody may write without reading."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from anwang.access.states import Zone
from anwang.cases import actions, queries
from anwang.foundation import clock
from anwang.web.shell import forms

from .filling import Sheet, fill

ZONES = (Zone.CASE, Zone.WORK, Zone.SPECIAL, Zone.SAFETY)


class NoteForm(forms.Form):
    """A note: words, when it was, who may read it."""

    text = forms.LongTextField(label=gettext_lazy("紀錄"), rows=8, max_length=8000)
    at = forms.InstantField(label=gettext_lazy("什麼時候的事"))
    zone = forms.OneOf(
        choices=[(zone.value, zone.label) for zone in ZONES], initial=Zone.CASE.value, label=gettext_lazy("放在哪一區"),
        help_text=gettext_lazy("住址和安全聯絡方式請選安全區。"),
    )  # fmt: skip


class IncidentForm(forms.Form):
    """An incident note: about whom, what was seen, when."""

    about = forms.TextField(
        label=gettext_lazy("關於誰"), max_length=120, help_text=gettext_lazy("案號，或那個人的姓名。")
    )
    text = forms.LongTextField(label=gettext_lazy("看到、聽到什麼"), rows=8)
    at = forms.InstantField(label=gettext_lazy("什麼時候的事"))


class ForwardForm(forms.Form):
    """To which case a held note goes."""

    number = forms.TextField(label=gettext_lazy("轉給哪個案件"), help_text=gettext_lazy("像C115-4829-1307的編號。"))


def note(request: HttpRequest, number: str) -> HttpResponse:
    """Anybody who reads the case writes a note in a zone he reads."""
    return _note(request, number, None, _("寫一則紀錄"))


def correct_note(request: HttpRequest, number: str, note_id: UUID) -> HttpResponse:
    """The author's correction: a further note; the first one stays and says so."""
    return _note(request, number, note_id, _("更正這則紀錄"))


def _note(request: HttpRequest, number: str, corrects: UUID | None, title: str) -> HttpResponse:
    page = queries.page(request.viewer, number)
    form = NoteForm(request.POST or None)
    form.fields["zone"].choices = [(zone.value, zone.label) for zone in ZONES if zone in page.can]
    back = reverse("cases:case", args=[number])
    sheet = Sheet(title, _("存下紀錄"), _("記下了。"), back, aside=(_("寫了就不能刪。寫錯了，再寫一則更正。"),))

    def act(given: dict[str, object]) -> None:
        actions.write_note(
            matter_id=page.id, text=str(given["text"]), zone=str(given["zone"]), at=given["at"],  # type: ignore[arg-type]
            by=request.viewer, corrects_id=corrects,
        )  # fmt: skip

    return fill(request, form, sheet, act, case=page)


def incident(request: HttpRequest) -> HttpResponse:
    """Tell whoever works on somebody. The answer is the same whether there is a case or not."""
    form = IncidentForm(request.POST or None)
    sheet = Sheet(
        _("寫一張通知便箋"), _("交給承辦人"), _("收到了。該知道的人會看到這張便箋。"), reverse("cases:incident"),
        aside=(
            _("你不必看得到案件，也能告訴承辦人。"),
            _("不管有沒有這個人的案件，這裡的回覆都一樣。"),
            _("有立即危險，請先打110，再打值班台。"),
        ),
    )  # fmt: skip

    def act(given: dict[str, object]) -> None:
        actions.write_incident_note(
            about=str(given["about"]),
            text=str(given["text"]),
            at=given["at"],
            by=request.viewer,  # type: ignore[arg-type]
        )

    return fill(request, form, sheet, act, here="/incident")


@require_POST
def read_incident(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Somebody on the case has read a note."""
    actions.read_incident_note(note_id=note_id, by=request.viewer, at=clock.now())
    messages.success(request, _("已閱。"))
    return redirect(request.POST.get("next") if _is_case(request.POST.get("next", "")) else reverse("cases:index"))


def _is_case(path: str) -> bool:
    return path.startswith("/cases/") and "//" not in path and "\\" not in path


def forward_incident(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """A supervisor passes on a note that named nobody for certain."""
    form = ForwardForm(request.POST or None)
    sheet = Sheet(_("這張便箋該給誰"), _("轉給這個案件"), _("轉過去了。"), reverse("cases:index"))

    def act(given: dict[str, object]) -> None:
        actions.forward_incident_note(note_id=note_id, number=str(given["number"]), by=request.viewer)

    return fill(request, form, sheet, act)
