"""The register of loopholes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.steering import actions, policies, queries

from .acting import DESK, act, given, ids
from .forms import EffectForm, LoopholeForm, MeasureForm

TAB = "loopholes"


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Open loopholes first."""
    policies.may_see(request.viewer).enforce()
    found = queries.loopholes(request.viewer)
    context = {"loopholes": found, "open": sum(one.state == "open" for one in found), "tab": TAB, "here": DESK}
    return render(request, "steering/loopholes.html", context)


@require_safe
@never_cache
def loophole(request: HttpRequest, loophole_id: UUID) -> HttpResponse:
    """One with its measures."""
    policies.may_see(request.viewer).enforce()
    page = queries.loophole(request.viewer, loophole_id)
    return render(request, "steering/loophole.html", {"page": page, "one": page.line, "tab": TAB, "here": DESK})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Register one."""
    policies.may_see(request.viewer).enforce()

    def do(told: dict[str, Any]) -> str:
        found = actions.register_loophole(by=request.viewer, at=clock.now(), **told)
        return reverse("steering:loophole", args=[found.id])

    return act(
        request,
        LoopholeForm(given(request)),
        do,
        title=_("登記一個漏洞"),
        button=_("登記"),
        tab=TAB,
        back=reverse("steering:loopholes"),
        done=_("登記了。接著訂措施。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def measure(request: HttpRequest, loophole_id: UUID) -> HttpResponse:
    """Set a measure with owner and day."""
    back = _open(request, loophole_id)
    form = MeasureForm(given(request), lists={"unit_id": ids(queries.units_at_hand(request.viewer))})

    def do(told: dict[str, Any]) -> str:
        unit_id = UUID(told.pop("unit_id"))
        actions.set_measure(loophole_id=loophole_id, unit_id=unit_id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        form,
        do,
        title=_("訂一項措施"),
        button=_("訂下措施"),
        back=back,
        tab=TAB,
        done=_("訂好了，期限到會提醒。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def close(request: HttpRequest, loophole_id: UUID) -> HttpResponse:
    """It is mended: what changed."""
    back = _open(request, loophole_id)

    def do(told: dict[str, Any]) -> str:
        actions.close_loophole(loophole_id=loophole_id, by=request.viewer, at=clock.now(), **told)
        return ""

    return act(
        request,
        EffectForm(given(request)),
        do,
        title=_("補上了"),
        button=_("記下改變並結束"),
        back=back,
        tab=TAB,
        done=_("結束了，改變留下來了。"),
    )


def _open(request: HttpRequest, loophole_id: UUID) -> str:
    """The address of an open loophole."""
    policies.may_see(request.viewer).enforce()
    if not queries.loophole(request.viewer, loophole_id).may_mend:
        raise Refused(_("這個漏洞已經補上了。"))
    return reverse("steering:loophole", args=[loophole_id])
