"""The interface described for people, for whoever will write to it. Open to all: it holds no data."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anwang.systems import policies
from anwang.systems.interface import EXAMPLE, PROBLEMS, PROGRESS
from anwang.systems.states import Scope


@require_safe
@login_not_required
def described(request: HttpRequest) -> HttpResponse:
    """Where to send, with what, what comes back, and what each refusal asks for."""
    context = {
        "address": request.build_absolute_uri("/api/v1"),
        "example": EXAMPLE,
        "problems": PROBLEMS.values(),
        "progress": PROGRESS.items(),
        "scopes": Scope.choices,
        "sees_systems": request.viewer is not None and bool(policies.may_see_systems(request.viewer)),
    }
    return render(request, "systems/api.html", context)
