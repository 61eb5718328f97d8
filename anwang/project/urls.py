"""All addresses: the two doors, `web` for people and `exchange` for systems; `/healthz` is a middleware."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module))
    for prefix, module in (("api/", "anwang.exchange.urls"), ("", "anwang.web.urls"))
    if find_spec(module.rpartition(".")[0]) and find_spec(module)
]

handler400 = "anwang.web.shell.errors.bad_request"
handler403 = "anwang.web.shell.errors.refused"
handler404 = "anwang.web.shell.errors.not_found"
handler500 = "anwang.web.shell.errors.failed"
