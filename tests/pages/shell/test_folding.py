"""A folded template says what Django's own says: in both languages, with what is missing, strange or dangerous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.template import Context, Template, engines
from django.utils import translation
from django.utils.safestring import mark_safe

from anwang.web.shell.folding import Fixed, fold


@dataclass
class Row:
    name: str
    inner: Any = None

    def called(self) -> str:
        return "called " + self.name


TEXT = """{% load i18n static %}<a href="{% url 'worklist:today' %}">{% translate "今日" %}</a>
{{ plain }}{{ safe }}{{ missing }}
{{ missing.deep }}{{ row.name }}{{ row.called }}{{ row.inner.key }}{{ number }}{{ none }}{{ flag }}{{ plain|length }}
{% if row.name == "甲" and not missing %}{% translate "值班" %}{{ row.inner.list.1 }}{% else %}no{% endif %}
{% for one in rows %}{{ forloop.counter }}{{ one }}{% translate "今日" %}{% empty %}none{% endfor %}
{% translate "今日" as kept %}{{ kept }}{% with x=row.name %}{{ x }}{{ row.name|upper }}{% endwith %}
{% autoescape off %}{{ plain }}{% endautoescape %}{% url 'worklist:duty' id %}"""


def given() -> dict[str, Any]:
    return {
        "plain": "<b>&'\"",
        "safe": mark_safe("<i>"),
        "row": Row("甲", {"key": 5, "list": ["a", "<b>"]}),
        "rows": ["<x>", Row("乙").called],
        "number": 1234567,
        "none": None,
        "flag": True,
        "id": "00000000-0000-7000-8000-000000000000",
    }


def both() -> tuple[Template, Template]:
    engine = engines["django"].engine
    plain, folded = Template(TEXT, engine=engine), Template(TEXT, engine=engine)
    fold(folded.nodelist)
    return plain, folded


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_says_what_the_template_says(language: str) -> None:
    plain, folded = both()
    with translation.override(language):
        expected = plain.render(Context(given()))
        assert folded.render(Context(given())) == expected
        assert folded.render(Context(given())) == expected


def test_keeps_languages_apart() -> None:
    _plain, folded = both()
    with translation.override("zh-hant"):
        first = folded.render(Context(given()))
    with translation.override("en"):
        second = folded.render(Context(given()))
    with translation.override("zh-hant"):
        assert folded.render(Context(given())) == first
    assert first != second or "今日" in second


def test_joins_what_never_changes() -> None:
    _plain, folded = both()
    assert any(isinstance(node, Fixed) for node in folded.nodelist)


def test_every_template_of_the_site_is_folded() -> None:
    assert engines["django"].engine.template_loaders[0].__class__.__module__ == "anwang.web.shell.folding"
