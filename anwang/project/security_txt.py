"""Whom to tell of a hole (RFC 9116): /.well-known/security.txt, from `ANWANG_SECURITY_CONTACT`; 404 without one."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anwang.foundation import clock

GOOD_FOR = timedelta(days=180)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact of the agency that runs this installation."""
    contact = settings.ANWANG_SECURITY_CONTACT
    if not contact:
        raise Http404
    until = (clock.now() + GOOD_FOR).astimezone(UTC)
    lines = [f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT00:00:00Z}", "Preferred-Languages: zh-TW, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
