"""Whom to tell of a hole, and the headers every page bears."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"


def test_says_whom_to_tell_of_a_hole(settings, at) -> None:
    settings.ANWANG_SECURITY_CONTACT = "mailto:hole@example.org"
    at("2026-05-20T09:00+08:00")
    answer = Client().get(PATH)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:hole@example.org", "Expires: 2026-11-16T00:00:00Z", "Preferred-Languages: zh-TW, en",
    ]  # fmt: skip


def test_says_nothing_where_nobody_is_named(settings) -> None:
    settings.ANWANG_SECURITY_CONTACT = ""
    assert Client().get(PATH).status_code == 404


def test_keeps_a_page_to_its_own_origin() -> None:
    headers = Client().get("/login").headers
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
