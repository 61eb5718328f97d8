"""Knocks are counted across connections, forgotten with their window, and tell nobody who knocked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings

from anwang.access.models import Throttle
from anwang.access.throttle import client_address, forget, knock
from anwang.foundation import clock

TEN_MINUTES = timedelta(minutes=10)
NIGHT = "2026-03-08T03:04:30+08:00"


def post(whom: str = "192.0.2.7"):
    return knock("post", whom, most=3, within=TEN_MINUTES)


@pytest.mark.django_db
def test_lets_through_as_many_as_it_says_and_counts_on(at: Callable[[str], object]) -> None:
    at(NIGHT)
    assert [post().is_over for _try in range(5)] == [False, False, False, True, True]
    assert not post("192.0.2.8").is_over
    assert not knock("status", "192.0.2.7", most=3, within=TEN_MINUTES).is_over
    assert post().retry_after == 330


@pytest.mark.django_db
def test_begins_again_in_the_next_window(at: Callable[[str], clock.FrozenClock]) -> None:
    hands = at(NIGHT)
    assert [post().count for _try in range(4)] == [1, 2, 3, 4]
    hands.advance(TEN_MINUTES)
    assert post().count == 1


@pytest.mark.django_db
def test_forgets_the_windows_that_are_over(at: Callable[[str], clock.FrozenClock]) -> None:
    hands = at(NIGHT)
    post()
    assert forget() == 0
    hands.advance(TEN_MINUTES)
    post()
    assert (forget(), Throttle.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_writes_down_nobodys_address_nor_joins_two_windows(at: Callable[[str], clock.FrozenClock]) -> None:
    hands = at(NIGHT)
    post()
    hands.advance(TEN_MINUTES)
    post()
    rows = list(Throttle.objects.values_list("key", "what", "count"))
    assert len({bytes(key) for key, _what, _count in rows}) == 2
    assert "192.0.2.7" not in repr(rows)
    assert b"192.0.2.7" not in b"".join(bytes(key) for key, *_rest in rows)


def test_counts_every_knock_of_many_connections_once(committed_db: str) -> None:
    def knocks(_n: int) -> list[int]:
        try:
            return [knock("post", "192.0.2.7", most=3, within=timedelta(days=365)).count for _try in range(25)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = [count for some in pool.map(knocks, range(4)) for count in some]
    assert sorted(counts) == list(range(1, 101))


@pytest.mark.django_db
def test_waits_for_no_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'access_throttle'")
        assert cursor.fetchone() == ("u",)


@pytest.mark.parametrize(
    ("meta", "trusted", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False, "192.0.2.7"),
        ({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"}, True, "203.0.113.9"),
        ({"REMOTE_ADDR": "10.0.0.1"}, True, "10.0.0.1"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, False, "2001:db8:1:2::"),
        ({"REMOTE_ADDR": "::ffff:192.0.2.7"}, False, "192.0.2.7"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "<script>"}, True, "unknown"),
    ],
)
def test_believes_a_proxy_only_where_one_is_set(meta: dict[str, object], trusted: bool, address: str) -> None:
    with override_settings(ANWANG_BEHIND_PROXY=trusted):
        assert client_address(meta) == address
