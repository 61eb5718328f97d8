"""正體中文 or English: kept with the account, and in a cookie for the pages before log-in."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anwang.foundation.errors import BadInput

_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Set the language and return to the page."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadInput(_("請選正體中文或English。"))
    if request.user.is_authenticated:
        get_user_model()._default_manager.filter(pk=request.user.pk).update(language=language)
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if is_ours else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
