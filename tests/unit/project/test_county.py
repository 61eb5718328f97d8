"""The invented county for tests: whole, in the application's hands, at its own date."""

from __future__ import annotations

from django.db import connection

from anwang.foundation import clock
from tests import county as built


def test_stands_at_its_own_date_for_the_application(county_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM access_account")
        user, accounts = cursor.fetchone()
    assert (user, accounts > 10, clock.today()) == ("anwang_app", True, built.AT.date())
