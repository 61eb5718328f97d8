"""What the first visitor would otherwise wait for: every address and every template, read once before anybody comes."""

from __future__ import annotations

from django.template import engines
from django.urls import get_resolver

from anwang.rulebook import book


def warm() -> None:
    """Read addresses, templates and rules into this process; nothing of the database."""
    get_resolver().url_patterns  # noqa: B018  a property that reads all desks
    engine = engines["django"].engine
    for folder in engine.dirs:
        for path in sorted(folder.rglob("*.html")):
            engine.get_template(str(path.relative_to(folder)))
    book()
