"""What goes out and what came in: endpoints, messages nobody took, events nobody understood."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.systems import policies, queries
from anwang.systems.actions import endpoints, hearing, sending
from anwang.systems.queries import inbox as coming
from anwang.systems.queries import outbox as going
from anwang.uploads.policies import may_see_uploads

from .message_forms import EndpointForm, ReasonForm


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Each endpoint, how it fares, and the messages that nobody took."""
    policies.may_see_systems(request.viewer).enforce()
    found, dead = going.endpoints(request.viewer), going.dead_messages(request.viewer)
    context = {
        "endpoints": found, "dead": dead, "dead_total": sum(one.dead for one in found),
        "failing": sum(one.raised for one in found if one.is_live),
        "waiting": sum(one.waiting for one in found), "may_keep": bool(policies.may_keep_systems(request.viewer)),
        "sees_uploads": bool(may_see_uploads(request.viewer)),
    }  # fmt: skip
    return render(request, "systems/outbox.html", context)


@require_safe
@never_cache
def message(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One message with every try to send it."""
    policies.may_see_systems(request.viewer).enforce()
    return _message(request, event_id, ReasonForm())


def _message(request: HttpRequest, event_id: UUID, form: ReasonForm) -> HttpResponse:
    line, tries = going.message(request.viewer, event_id)
    may_keep = bool(policies.may_keep_systems(request.viewer))
    return render(request, "systems/message.html", {"m": line, "tries": tries, "form": form, "may_keep": may_keep})


@require_POST
def again(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Try a message anew."""
    sending.send_again(event_id=event_id, by=request.viewer, at=clock.now())
    messages.success(request, _("排進去了，幾秒內會再送。"))
    return redirect("systems:outbox")


@require_POST
def give_up(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Send it no more, and say why."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _message(request, event_id, form)
    sending.give_up(event_id=event_id, reason=form.cleaned_data["reason"], by=request.viewer, at=clock.now())
    messages.success(request, _("記下了，這則不再送。"))
    return redirect("systems:outbox")


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in and needs somebody; numbers that never came."""
    policies.may_see_systems(request.viewer).enforce()
    context = {
        "inbox": coming.inbox(request.viewer), "form": ReasonForm(),
        "sees_uploads": bool(may_see_uploads(request.viewer)),
        "may_keep": bool(policies.may_keep_systems(request.viewer)),
    }  # fmt: skip
    return render(request, "systems/inbox.html", context)


@require_POST
def settle(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Somebody looked at an event that the program could not use."""
    hearing.settle(message_id=message_id, reason=request.POST.get("reason", ""), by=request.viewer, at=clock.now())
    messages.success(request, _("記下了，這則已處理。"))
    return redirect("systems:inbox")


@never_cache
def new_endpoint(request: HttpRequest, code: str) -> HttpResponse:
    """Open an endpoint. Its secret stands on the answer to this very request and on no other page."""
    policies.may_keep_systems(request.viewer).enforce()
    line = queries.system(request.viewer, code)
    form = EndpointForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _row, secret = endpoints.open_endpoint(
                system_id=line.id, county=request.viewer.county, by=request.viewer, at=clock.now(), **form.cleaned_data
            )
        except (BadInput, Conflict) as error:
            form.refuse(error if isinstance(error, BadInput) else BadInput(error.message, field="address"))
        else:
            return render(request, "systems/endpoint_opened.html", {"s": line, "secret": secret})
    return render(request, "systems/endpoint_new.html", {"s": line, "form": form})


@require_POST
def try_out(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Send a message that tells of nothing."""
    endpoints.try_out(endpoint_id=endpoint_id, by=request.viewer, at=clock.now())
    messages.success(request, _("試送排進去了，幾秒後重新整理看結果。"))
    return redirect("systems:outbox")


@require_POST
def end_endpoint(request: HttpRequest, endpoint_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    left = endpoints.end_endpoint(endpoint_id=endpoint_id, by=request.viewer, at=clock.now())
    messages.success(request, _("停用了；%(n)d則還沒送的不再送。") % {"n": left})
    return redirect("systems:outbox")
