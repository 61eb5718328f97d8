"""All addresses are the web's; `/healthz` is answered by its middleware, security.txt here."""

from __future__ import annotations

from django.urls import include, path

from .security_txt import security_txt

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("", include("anwang.web.urls")),
]

handler400 = "anwang.web.shell.errors.bad_request"
handler403 = "anwang.web.shell.errors.refused"
handler404 = "anwang.web.shell.errors.not_found"
handler500 = "anwang.web.shell.errors.failed"
