"""派案爭議 from a matter: what is disputed, who rules by when, and a new one after the first act."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters import actions, policies, queries
from anwang.web.shell import forms

from . import fields
from .home import home_of

BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(BOTH)
def dispute(request: HttpRequest, number: str) -> HttpResponse:
    """What is disputed and who rules; the form where the viewer may file, the reason where he may not."""
    viewer, held = request.viewer, queries.held(request.viewer, number)
    may = policies.may_file_dispute(viewer, held.matter)
    open_ones = queries.disputes_of(viewer, held.id)
    own = [one for one in open_ones if one.filed_by_id in viewer.units]
    form = None
    if may and not held.is_over and (request.method == "POST" or not own):
        units = queries.units_for(viewer, held.matter)
        form = fields.Dispute(request.POST or None, units=units, county=held.county)
    elif request.method == "POST":
        may.enforce()
    if form is not None and form.is_bound and form.is_valid() and _file(request, held, form):
        return redirect("asking:dispute", number)
    topics = dict(forms.CodeField("dispute.topics").choices)
    signed = set(viewer.supervised_units)
    context = {
        "held": held, "form": form, "here": "/cases", "back": home_of(held),
        "refusal": "" if may else str(may.reason), "own": bool(own),
        "rows": [(one, topics.get(one.topic, one.topic), one.filed_by_id in signed) for one in open_ones],
    }  # fmt: skip
    return render(request, "asking/dispute.html", context, status=422 if form is not None and form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, number: str, dispute_id: UUID) -> HttpResponse:
    """The filer takes it back."""
    held = queries.held(request.viewer, number)
    if dispute_id not in {one.id for one in queries.disputes_of(request.viewer, held.id)}:
        raise NotFound(_("查無這件爭議，可能剛剛已經裁定或撤回。"))
    actions.withdraw_dispute(dispute_id=dispute_id, by=request.viewer, at=clock.now())
    messages.success(request, _("爭議撤回了，照現在的單位繼續處理。"))
    return redirect("asking:dispute", number)


def _file(request: HttpRequest, held: queries.Held, form: fields.Dispute) -> bool:
    given = form.cleaned_data
    try:
        made = actions.file_dispute(
            matter_id=held.id, claimed_unit_id=form.claimed(), topic=given["topic"], words=given["words"],
            by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except BadInput as error:
        form.refuse(error)
    except (Refused, Conflict) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("提出了，由%(who)s裁定。裁定前你們繼續處理。") % {"who": made.arbiter.name})
        return True
    return False
