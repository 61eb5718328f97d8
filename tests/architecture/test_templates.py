"""Every template can be read: a block left open shows on no page that no test opens."""

from __future__ import annotations

import pytest
from django.template.loader import get_template

from tests.architecture.source import below

NAMES = sorted(str(path).rsplit("/templates/", 1)[1] for path in below("anwang", ".html") if "templates" in path.parts)


@pytest.mark.parametrize("name", NAMES)
def test_compiles(name: str) -> None:
    assert get_template(name).template.nodelist
