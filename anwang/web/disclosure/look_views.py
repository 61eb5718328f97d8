"""Looking across agencies: the form with its rules, the answer by steps, the talk, and what waits for a supervisor."""

from typing import Any  # what a template reads
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.disclosure import actions, policies, queries, rules
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.web.shell import words

from .forms import LookForm, TalkForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What waits for me, my own looks and requests."""
    viewer = request.viewer
    policies.may_enter(viewer).enforce()
    with held():
        context = {
            "may_look": bool(policies.may_look(viewer)), "may_see_use": bool(policies.may_see_use(viewer)),
            "contacts": queries.contacts_to_confirm(viewer), "asked": queries.requests_to_decide(viewer),
            "looks": queries.own_looks(viewer), "requests": queries.own_requests(viewer),
            "alerts": [line for line in queries.alerts(viewer, clock.now()) if not line.is_seen],
        }  # fmt: skip
        context["waiting"] = len(context["contacts"]) + len(context["asked"]) + len(context["alerts"])
        return render(request, "disclosure/index.html", context)


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form, with the rules of use beside it; a POST looks somebody up."""
    policies.may_look(request.viewer).enforce()
    form = LookForm(request.POST if request.method == "POST" else None)
    with held():
        if form.is_bound and form.is_valid():
            try:
                found = _look(request, form.cleaned_data)
            except BadInput as error:
                form.refuse(error)
            else:
                if found.look is None:
                    return render(request, "disclosure/too_many.html", status=429)
                return redirect("disclosure:look", number=found.look.number)
        context = {"form": form, "use": rules.rules_of_use(words.lang())}
        return render(request, "disclosure/new.html", context, status=422 if form.errors else 200)


def _look(request: HttpRequest, given: dict[str, Any]) -> actions.Looked:
    asked = actions.Asked(given["number"], given["name"] if not given["number"] else "", given["born_on"])
    return actions.look_up(
        asked=asked, purpose=given["purpose"], basis=given["basis"], for_number=given["for_number"],
        by=request.viewer, at=clock.now(),
    )  # fmt: skip


@require_safe
@never_cache
def look(request: HttpRequest, number: str) -> HttpResponse:
    """One look: its receipt, what its steps show now, the talks."""
    return _page(request, number)


@require_POST
def talk(request: HttpRequest, number: str) -> HttpResponse:
    """Write down whom one spoke with."""
    page, form = queries.look(request.viewer, number), TalkForm(request.POST)
    if form.is_valid():
        try:
            actions.log_conversation(look_id=page.id, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("記下了，寫在你這一件的個案內容裡。"))
            return redirect("disclosure:look", number=number)
    return _page(request, number, form)


@require_POST
def ask_contact(request: HttpRequest, hit_id: UUID) -> HttpResponse:
    """The second step."""
    step = actions.ask_contact(hit_id=hit_id, by=request.viewer, at=clock.now())
    told = _("聯繫窗口在下面。") if step.state == "given" else _("已請督導確認，確認後這裡會出現聯繫窗口。")
    messages.success(request, told)
    return redirect("disclosure:look", number=queries.look_of_step(request.viewer, hit_id))


@require_POST
def confirm(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A supervisor's word on a contact."""
    is_given = request.POST.get("word") == "yes"
    actions.confirm_contact(step_id=step_id, is_given=is_given, by=request.viewer, at=clock.now())
    messages.success(request, _("確認了，同仁看得到聯繫窗口。") if is_given else _("沒有提供，同仁會看到。"))
    return redirect("disclosure:index")


def _page(request: HttpRequest, number: str, form: TalkForm | None = None) -> HttpResponse:
    policies.may_look(request.viewer).enforce()
    with held():
        context = {
            "look": queries.look(request.viewer, number), "form": form or TalkForm(),
            "use": rules.rules_of_use(words.lang()),
        }  # fmt: skip
        return render(request, "disclosure/look.html", context, status=422 if form and form.errors else 200)
