"""The database is away: what to do now is said to whoever was logged in, too."""

from __future__ import annotations

from typing import Any  # what a statement is given

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client

from tests.world import build_world


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_says_what_to_do_before_anything_of_the_session_is_known(method: str) -> None:
    build_world()
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get_by_natural_key("worker"))

    def nothing_answers(*_statement: Any) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(nothing_answers):
        answer = getattr(client, method)("/reports/new", {"narrative": "夜裡有人敲門。"})
    assert answer.status_code == 503
    assert "用紙本記下時間，之後再補登" in answer.content.decode()
