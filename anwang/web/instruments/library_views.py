"""The library: every instrument with its versions, and one version to read."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from anwang.enactments.queries import held
from anwang.foundation.errors import NotFound
from anwang.instruments import actions, policies, queries


@require_safe
@never_cache
def library(request: HttpRequest) -> HttpResponse:
    """Every instrument, with what holds today and what was used."""
    with held():
        shelves = queries.library(request.viewer)
        return render(request, "instruments/library.html", {
            "shelves": shelves, "changed": [one for one in shelves if one.is_changed],
            "may_publish": bool(policies.may_publish(request.viewer)),
            "may_see_ledger": bool(policies.may_see_ledger(request.viewer)),
            "may_see_report": bool(policies.may_see_report(request.viewer)),
        })  # fmt: skip


@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Publish every version whose day has come."""
    fresh = actions.publish(by=request.viewer)
    messages.success(
        request, ngettext("發布了%(n)d版。", "發布了%(n)d版。", fresh) % {"n": fresh} if fresh else _("都已經發布過。")
    )
    return redirect("instruments:library")


@require_safe
@never_cache
def version(request: HttpRequest, instrument: str, from_on: str) -> HttpResponse:
    """The questions of one version, to read."""
    try:
        day = date.fromisoformat(from_on)
    except ValueError:
        raise NotFound(_("沒有這一版。請從量表庫選。")) from None
    with held():
        sheet = queries.version_sheet(request.viewer, instrument, day)
        return render(request, "instruments/version.html", {"sheet": sheet})
