"""A blank form is drawn once, and again when its boxes would say something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from anwang.foundation import clock
from anwang.web.shell import forms


class Remind(forms.Form):
    drawn = 0

    words = forms.TextField(label="提醒自己", max_length=200)
    at_what_time = forms.InstantField(label="什麼時候", future=True)

    def __str__(self) -> str:
        Remind.drawn += 1
        return super().__str__()


@pytest.fixture
def hands(at: Callable[[datetime | str], clock.FrozenClock]) -> clock.FrozenClock:
    Remind.drawn = 0
    return at("2026-03-07T23:40:10+08:00")


def test_says_what_the_form_says(hands: clock.FrozenClock) -> None:
    assert forms.blank(Remind, "one") == str(Remind(prefix="one"))
    assert "23:40" in forms.blank(Remind, "one")


def test_is_drawn_once_a_minute_and_language(hands: clock.FrozenClock) -> None:
    first = forms.blank(Remind, "two")
    assert forms.blank(Remind, "two") is first
    hands.advance(timedelta(seconds=49))
    assert forms.blank(Remind, "two") is first
    hands.advance(timedelta(seconds=1))
    assert "23:41" in forms.blank(Remind, "two")
    with translation.override("en"):
        forms.blank(Remind, "two")
    assert Remind.drawn == 3


def test_keeps_prefixes_apart(hands: clock.FrozenClock) -> None:
    assert 'name="three-words"' in forms.blank(Remind, "three")
    assert 'name="words"' in forms.blank(Remind)
