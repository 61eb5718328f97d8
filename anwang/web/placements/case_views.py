"""From a case: somebody waits for a place, a place is chosen, he moves, where he is (traced), the year afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwang.cases import actions as cases
from anwang.cases.queries import page, supervisors
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.placements import actions, queries
from anwang.placements.actions import Over, WantedPlace
from anwang.web.cases.filling import Sheet, fill
from anwang.web.shell import forms
from anwang.web.shell.forms.codes import codes

from .views import HERE


class WantForm(forms.Form):
    """Who needs which kind of place, and how soon."""

    person = forms.OneOf(label=gettext_lazy("哪一位"), stacked=True)
    kind = forms.OneOfMany(label=gettext_lazy("想要的類型"), required=False)
    needs = forms.SomeOf(
        choices=lambda: codes("place.suited"), required=False, stacked=True, label=gettext_lazy("需要")
    )
    is_urgent = forms.OneOf(
        choices=[("yes", gettext_lazy("要，今天就要")), ("no", gettext_lazy("不用"))], label=gettext_lazy("要不要馬上")
    )
    words = forms.TextField(label=gettext_lazy("說明"), required=False, max_length=200)
    at = forms.InstantField(label=gettext_lazy("什麼時候開始等"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
        self.fields["kind"].choices = [("", _("都可以")), *codes("placement.kind")]


class WaitEndForm(forms.Form):
    """What became of the wait."""

    how = forms.FewCodesField("place.wait_ended", stacked=True, label=gettext_lazy("後來怎麼了"))
    at = forms.InstantField(label=gettext_lazy("什麼時候"))


class PlaceForm(forms.Form):
    """Which place, and why although it is full."""

    provider = forms.OneOf(label=gettext_lazy("選哪個處所"), stacked=True)
    over_because = forms.OneOf(label=gettext_lazy("滿了還收的理由"), required=False, stacked=True)
    over_agreed_by = forms.OneOfMany(label=gettext_lazy("哪位督導同意超收"), required=False)

    def __init__(
        self, *args: Any, places: list[tuple[str, str]], supervisors: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["over_agreed_by"].choices = [("", _("沒有超收")), *supervisors]
        self.fields["provider"].choices = places
        self.fields["over_because"].choices = [("", _("沒有超收")), *codes("place.over_because")]


class MoveForm(PlaceForm):
    """Another place, why, when; its address goes into the safety zone."""

    because = forms.FewCodesField("place.moved_because", stacked=True, label=gettext_lazy("為什麼更換"))
    at = forms.InstantField(label=gettext_lazy("什麼時候換的"))
    address = forms.TextField(
        label=gettext_lazy("新處所地址"), required=False,
        help_text=gettext_lazy("只存在安全區，不會出現在任何清單和列印。"),
    )  # fmt: skip
    ask_whom = forms.TextField(label=gettext_lazy("別人要找時洽誰"), required=False, max_length=80)


class SureForm(forms.Form):
    """Nothing to fill in: the button says what happens."""


def want(request: HttpRequest, number: str) -> HttpResponse:
    """A subject of the case waits for a place."""
    case = page(request.viewer, number)
    people = [(one.person_id.hex, one.name) for one in case.subjects if one.person_id]
    form = WantForm(request.POST or None, people=people)

    def act(given: dict[str, Any]) -> None:
        wanted = WantedPlace(given["kind"] or "", tuple(given["needs"]), given["is_urgent"] == "yes", given["words"])
        actions.want_place(
            case_id=case.id, person_id=UUID(given["person"]), wanted=wanted, by=request.viewer, at=given["at"]
        )

    sheet = Sheet(_("等候安置處所"), _("列入等候"), _("列入等候了。"), _case(number), aside=(_("有處所就自動結束。"),))
    return fill(request, form, sheet, act, case=case, here=HERE)


def end_wait(request: HttpRequest, number: str, waiting_id: UUID) -> HttpResponse:
    """The wait ended without a place of ours."""
    case = page(request.viewer, number)
    form = WaitEndForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        actions.end_wait(waiting_id=waiting_id, by=request.viewer, **given)

    sheet = Sheet(_("不再等候處所"), _("存下結果"), _("記下了。"), _case(number))
    return fill(request, form, sheet, act, case=case, here=HERE)


def choose(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """At which place he is, from the beginning of the placement; those that suit stand first."""
    case = page(request.viewer, number)
    placement, needed, name = queries.needed_for(request.viewer, placement_id)
    rows = queries.supply(request.viewer, clock.today(), kind=placement.kind, needed=needed)
    form = PlaceForm(request.POST or None, places=_places(rows), supervisors=_supervisors(request))

    def act(given: dict[str, Any]) -> None:
        actions.choose_place(
            placement_id=placement_id, provider_id=UUID(given["provider"]), over=_over(given), by=request.viewer
        )

    sheet = Sheet(
        _("選%(name)s的處所") % {"name": name}, _("就這個處所"), _("記下了。首次訪視已列入應辦事項。"), _case(number),
        aside=_asides(rows),
    )  # fmt: skip
    return fill(request, form, sheet, act, case=case, here=HERE)


def move(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """Out of one place into another; the placement and its limit go on."""
    case = page(request.viewer, number)
    _placement, needed, name = queries.needed_for(request.viewer, placement_id)
    rows = queries.supply(request.viewer, clock.today(), needed=needed)
    form = MoveForm(request.POST or None, places=_places(rows), supervisors=_supervisors(request))

    def act(given: dict[str, Any]) -> None:
        given["provider_id"] = UUID(given.pop("provider"))
        given["over"] = _over(given)
        del given["over_because"], given["over_agreed_by"]
        actions.move_to_place(placement_id=placement_id, by=request.viewer, **given)

    sheet = Sheet(
        _("%(name)s更換處所") % {"name": name}, _("換到這個處所"), _("記下了。期限不變，請通知並去看他。"),
        _case(number), aside=(_("安置的期限照舊，不重新起算。"), *_asides(rows)),
    )  # fmt: skip
    return fill(request, form, sheet, act, case=case, here=HERE)


def where(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """Where he is and was: a reading of the safety zone, by a button, never by a link."""
    case = page(request.viewer, number)
    found = queries.whereabouts(request.viewer, placement_id) if request.method == "POST" else None
    context = {"case": case, "found": found, "placement_id": placement_id, "here": HERE}
    return render(request, "placements/where.html", context)


def end_after_care(request: HttpRequest, number: str, placement_id: UUID) -> HttpResponse:
    """The year of follow-up is over and reported."""
    case = page(request.viewer, number)
    form = SureForm(request.POST if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        cases.end_placement_after_care(placement_id=placement_id, by=request.viewer, at=clock.now())

    aside = (_("要追蹤期滿，並寫過追蹤報告。"),)
    sheet = Sheet(_("結束安置後追蹤"), _("結束追蹤"), _("追蹤結束了。"), _case(number), aside=aside)
    return fill(request, form, sheet, act, case=case, here=HERE)


def _over(given: dict[str, Any]) -> Over | None:
    """Reason and supervisor, when both were given; one alone is asked for by the action."""
    because, by = given["over_because"], given["over_agreed_by"]
    if because and not by:
        raise BadInput(_("請選哪位督導同意超收。"), field="over_agreed_by")
    return Over(because, UUID(by)) if because else None


def _supervisors(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(id_), name) for id_, name in supervisors(request.viewer)]


def _case(number: str) -> str:
    return reverse("cases:case", args=[number])


def _places(rows: tuple[queries.PlaceLine, ...]) -> list[tuple[str, str]]:
    """Each place in one line: handle, county, room, and what speaks against it."""
    return [
        (str(one.id), "　".join(text for text in (one.handle, one.county, one.kind_text, one.room_text,
                                                  _("、").join(one.against)) if text))
        for one in rows
    ]  # fmt: skip


def _asides(rows: tuple[queries.PlaceLine, ...]) -> tuple[str, ...]:
    if not rows:
        return (_("登錄冊裡沒有這一類處所。請洽督導登錄。"),)
    return (_("排在前面的比較適合。由你決定。"), _("滿了的處所，要督導同意才能收。"))
