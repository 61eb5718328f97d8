"""The registry: systems, their tokens, registering, issuing, revoking, retiring."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.systems import actions, policies, queries
from anwang.uploads.policies import may_see_uploads

from .forms import SenderForm, SystemForm, TokenForm


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Every system with its state; what is about to end comes first, in the title."""
    policies.may_see_systems(request.viewer).enforce()
    found = queries.systems(request.viewer)
    context = {
        "systems": found,
        "ending": sum(one.ending for one in found),
        "live": sum(not one.is_retired for one in found),
        "may_keep": bool(policies.may_keep_systems(request.viewer)),
        "sees_uploads": bool(may_see_uploads(request.viewer)),
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "systems/index.html", context)


@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Register a system."""
    policies.may_keep_systems(request.viewer).enforce()
    form = SystemForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "channels": tuple(form.cleaned_data["channels"])}
        try:
            row = actions.register_system(**given, by=request.viewer, at=clock.now())
        except Conflict as error:
            form.add_error("code", str(error))
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("登記好了。接著發一把憑證給對方。"))
            return redirect("systems:system", code=row.code)
    return render(request, "systems/new.html", {"form": form})


@require_safe
@never_cache
def system(request: HttpRequest, code: str) -> HttpResponse:
    """One system with its tokens."""
    policies.may_see_systems(request.viewer).enforce()
    return _page(request, code)


@require_POST
@never_cache
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue a token. Its plain text stands on the answer to this very request and on no other page."""
    policies.may_keep_systems(request.viewer).enforce()
    line, form = queries.system(request.viewer, code), TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, code, form=form)
    given = form.cleaned_data
    try:
        token = actions.issue_token(
            system_id=line.id, scopes=tuple(given["scopes"]), expires_on=given["expires_on"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip
    except BadInput as error:
        form.refuse(error)
        return _page(request, code, form=form)
    address = request.build_absolute_uri("/api/v1/reports")
    return render(request, "systems/issued.html", {"s": line, "token": token, "address": address})


@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke a token."""
    actions.revoke_token(token_id=token_id, by=request.viewer, at=clock.now())
    messages.success(request, _("撤銷了。從現在起這把憑證打不開任何東西。"))
    code = request.POST.get("code", "")[:24]
    return redirect(reverse("systems:system", args=[code]) if code.replace("-", "").isalnum() else "systems:index")


@require_POST
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Retire a system with its tokens and endpoints; refused on its page while another county uses it."""
    policies.may_keep_systems(request.viewer).enforce()
    line = queries.system(request.viewer, code)
    ended, left = actions.retire_system(system_id=line.id, by=request.viewer, at=clock.now())
    messages.success(request, _("停用了，憑證一併撤銷。收過的通報都還在。"))
    if ended:
        told = _("%(n)d個端點也停用了；%(left)d則還沒送的不再送。") % {"n": ended, "left": left}
        messages.success(request, told)
    return redirect("systems:system", code=code)


@require_POST
def speak_for(request: HttpRequest, code: str) -> HttpResponse:
    """Write down an office in whose name the system may send lists."""
    policies.may_keep_systems(request.viewer).enforce()
    line, form = queries.system(request.viewer, code), SenderForm(request.POST)
    if form.is_valid():
        try:
            row = actions.speak_for(system_id=line.id, by=request.viewer, at=clock.now(), **form.cleaned_data)
        except (BadInput, Conflict) as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("登記好了，從現在起可以代%(name)s送名冊。") % {"name": row.name})
            return redirect("systems:system", code=code)
    return _page(request, code, sender_form=form)


@require_POST
def stop_speaking_for(request: HttpRequest, sender_id: UUID) -> HttpResponse:
    """The system sends no more lists in that office's name."""
    row = actions.stop_speaking_for(sender_id=sender_id, by=request.viewer, at=clock.now())
    messages.success(request, _("從現在起不能代%(name)s送名冊。收過的都還在。") % {"name": row.name})
    return redirect("systems:system", code=row.system.code)


def _page(
    request: HttpRequest, code: str, form: TokenForm | None = None, sender_form: SenderForm | None = None
) -> HttpResponse:
    context = {
        "s": queries.system(request.viewer, code),
        "form": form or TokenForm(),
        "sender_form": sender_form or SenderForm(),
        "may_keep": bool(policies.may_keep_systems(request.viewer)),
    }
    return render(request, "systems/system.html", context)
