"""Who held a matter since when, as it is and as it was written; correcting a start, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.matters import actions, policies, queries
from anwang.matters.states import How, Ledger
from anwang.web.shell import forms, words

from . import fields
from .home import home_of

BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(BOTH)
def starts(request: HttpRequest, number: str) -> HttpResponse:
    """Both ledgers with effective and recorded time; the form for a supervisor of a holder."""
    viewer, held = request.viewer, queries.held(request.viewer, number)
    spans = queries.spans(viewer, held.id)
    may = policies.may_correct(viewer, held.matter)
    if request.method == "POST":
        may.enforce()
    form = fields.Correct(request.POST or None, entries=_entries(spans)) if may else None
    if form is not None and form.is_bound and form.is_valid() and _correct(request, held, form):
        return redirect("asking:starts", number)
    reasons = dict(forms.CodeField("correction.reasons").choices)
    context = {
        "held": held, "form": form, "refusal": "" if may else str(may.reason), "here": "/cases",
        "back": home_of(held),
        "ledgers": [
            (title, [_row(one) for one in spans if one.ledger == ledger])
            for ledger, title in ((Ledger.ACCOUNTABLE, _("權責機關")), (Ledger.ACTING, _("實際處理")))
        ],
        "corrections": [
            (one, Ledger(one.ledger).label, reasons.get(one.reason, one.reason))
            for one in (queries.corrections(viewer, held.id) if any(span.is_corrected for span in spans) else ())
        ],
    }  # fmt: skip
    return render(request, "asking/starts.html", context, status=422 if form is not None and form.errors else 200)


def _row(span: queries.Span) -> dict[str, Any]:
    return {
        "s": span, "unit": span.unit, "how": How(span.how).label, "by": span.by,
        "is_late": (span.recorded_at - span.written_since).total_seconds() >= 60,
    }  # fmt: skip


def _entries(spans: list[queries.Span]) -> list[tuple[str, str]]:
    """Every hand-over but the first of each ledger, whose start is the matter's own."""
    found, seen = [], set()
    for span in spans:
        if span.ledger in seen:
            said = _("%(ledger)s：%(when)s %(who)s") % {
                "ledger": Ledger(span.ledger).label, "when": words.instant(span.since),
                "who": span.holder or span.unit,
            }  # fmt: skip
            found.append((f"{span.ledger}|{span.written_since.isoformat()}", said))
        seen.add(span.ledger)
    return found


def _correct(request: HttpRequest, held: queries.Held, form: fields.Correct) -> bool:
    given = form.cleaned_data
    ledger, _bar, since = given["entry"].partition("|")
    try:
        actions.correct_start(
            matter_id=held.id, ledger=Ledger(ledger), since=datetime.fromisoformat(since),
            corrected_since=given["corrected_since"], reason=given["reason"], by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except BadInput as error:
        form.refuse(error)
        return False
    messages.success(request, _("更正了。原來寫的也留著。"))
    return True
