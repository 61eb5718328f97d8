"""All addresses are the web's; `/healthz` is answered by its middleware."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("anwang.web.urls"))]
