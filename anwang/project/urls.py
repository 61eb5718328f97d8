"""All addresses are the web's; `/healthz` is answered by its middleware."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("anwang.web.urls"))]

handler400 = "anwang.web.shell.errors.bad_request"
handler403 = "anwang.web.shell.errors.refused"
handler404 = "anwang.web.shell.errors.not_found"
handler500 = "anwang.web.shell.errors.failed"
