"""A long list is written out at once, and says what Django's own select says."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import Select

from anwang.web.shell.forms.choices import Listed, LongSelect, OneOfMany

CHOICES = [("", "請選一項"), ("a", "甲 <b>&"), ('"q"', "乙'"), (3, "丙")]
GROUPED = [("", "請選一項"), ("組", [("a", "甲"), ("b", "乙")])]


def plain(html: str) -> str:
    return re.sub(r">\s+<", "><", html)


@pytest.mark.parametrize("value", ["", None, "a", 3, '"q"', "<x>"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_w", "required": True, "aria-describedby": 'h"1'}])
@pytest.mark.parametrize("choices", [CHOICES, GROUPED])
def test_says_what_a_select_says(choices: list[Any], attrs: dict[str, Any], value: object) -> None:
    ours, theirs = (kind(choices=choices).render("w", value, attrs) for kind in (LongSelect, Select))
    wanted = plain(theirs)
    assert sorted(re.split(r"[\s>]+", plain(ours))) == sorted(re.split(r"[\s>]+", wanted))


def test_a_listed_list_is_taken_as_it_is_and_refuses_what_is_not_in_it() -> None:
    field = OneOfMany()
    field.choices = Listed((str(n), f"名{n}") for n in range(300))
    assert field.clean("299") == "299"
    assert list(field.widget.choices) == list(field.choices)
    with pytest.raises(ValidationError):
        field.clean("300")
