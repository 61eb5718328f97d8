"""Every desk under its own address. A desk is a package here with a `urls` module that writes its whole paths."""

from pathlib import Path

from django.urls import URLResolver, include, path

MOST_ASKED = ("worklist", "intake", "families", "duty_desk", "people", "cases")
"""Looked through first: an address is compared with every pattern before its own."""


def _desks() -> list[str]:
    """Names of the desks, the shell last: its way home stands behind every desk's own pages."""
    names = sorted(folder.parent.name for folder in Path(__file__).parent.glob("*/urls.py"))
    rest = [name for name in names if name not in (*MOST_ASKED, "shell")]
    return [*MOST_ASKED, *rest, "shell"]


urlpatterns: list[URLResolver] = [path("", include(f"{__package__}.{name}.urls")) for name in _desks()]
