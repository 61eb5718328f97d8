"""Addresses of other desks' pages, or nothing where the page does not exist."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address_of(name: str, *values: object) -> str | None:
    """The path of a named page."""
    try:
        return reverse(name, args=values)
    except NoReverseMatch:
        return None
