"""Words that several desks share: one desk's English must fit them all."""

import pytest
from django.utils import translation
from django.utils.translation import gettext


@pytest.mark.parametrize(
    ("said", "english"), [("建議", "Suggested"), ("建議的日子", "Good days"), ("前一天", "Day before")]
)
def test_fits_every_desk_that_says_it(said: str, english: str) -> None:
    with translation.override("en"):
        assert gettext(said) == english
