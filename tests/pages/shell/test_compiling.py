"""A compiled template says what Django's own says: in both languages, with what is missing, strange or dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Template, TemplateDoesNotExist, engines
from django.template.context import make_context
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from anwang.web.shell.compiling import Compiled, compile_nodes

WEB = Path(__file__).resolve().parents[3] / "anwang" / "web"
TEMPLATES = sorted(str(path).partition("/templates/")[2] for path in WEB.glob("*/templates/**/*.html"))


@dataclass
class Row:
    name: str
    inner: Any = None

    def called(self) -> str:
        return "called <" + self.name

    @property
    def gone(self) -> str:
        raise ObjectDoesNotExist

    @property
    def broken(self) -> str:
        raise AttributeError("inside")


class Refuses:
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("cannot be compared")

    __hash__ = None  # type: ignore[assignment]


TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "said").glob("*.html")}


def given() -> dict[str, Any]:
    from datetime import UTC, datetime

    return {
        "plain": "<b>&'\"", "safe": mark_safe("<i>"), "row": Row("甲", {"key": 5, "list": ["a", "<b>"]}),
        "rows": ["<x>", Row("乙").called, mark_safe("<y>")], "several": [Row("丙", {"key": 1}), Row("丁")],
        "pairs": [("a", "<1>"), ("b", 2)], "turning": iter(range(3)), "number": 1234567, "half": 0.5, "none": None,
        "flag": True, "call": lambda: "called", "refuses": Refuses(), "count": 3,
        "found": [{"key": UUID(int=7), "name": "<甲>", "number": "C115-12"}, {"key": UUID(int=8), "number": "乙 &"}],
        "uuid": UUID(int=9), "strange": "甲 乙&<\"",
        "id": "00000000-0000-7000-8000-000000000000", "when": datetime(2026, 3, 7, 15, 40, tzinfo=UTC),
    }  # fmt: skip


def own_way() -> Engine:
    """Django's engine without ours between."""
    ours = engines["django"].engine
    loaders = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
    return Engine(
        dirs=ours.dirs, loaders=[("django.template.loaders.cached.Loader", loaders)],
        context_processors=ours.context_processors, libraries=ours.libraries, builtins=ours.builtins,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize("text", TEXTS)
def test_says_what_the_template_says(text: str, language: str) -> None:
    engine = engines["django"].engine
    plain, ours = Template(TEXTS[text], engine=own_way()), Template(TEXTS[text], engine=engine)
    compile_nodes(ours.nodelist)
    with translation.override(language):
        expected = plain.render(Context(given()))
        assert expected.strip()
        assert ours.render(Context(given())) == expected
        assert ours.render(Context(given())) == expected


def test_keeps_languages_apart() -> None:
    ours = Template(TEXTS["values"], engine=engines["django"].engine)
    compile_nodes(ours.nodelist)
    said = {}
    for language in ("zh-hant", "en", "zh-hant"):
        with translation.override(language):
            said.setdefault(language, set()).add(ours.render(Context(given())))
    assert [len(texts) for texts in said.values()] == [1, 1]
    assert said["zh-hant"] != said["en"]


FAILING = (
    "{% url 'people:person' number %}",
    "{% url 'cases:case' nothing %}",
    "{% url 'cases:case' slash %}",
    "{% for a, b in rows %}{{ a }}{% endfor %}",
    "{% for a in number %}{% endfor %}",
    "{{ row.broken }}",
)


@pytest.mark.parametrize("text", FAILING)
def test_fails_where_the_template_fails(text: str) -> None:
    plain, ours = Template(text, engine=own_way()), Template(text, engine=engines["django"].engine)
    compile_nodes(ours.nodelist)
    given_one = {"slash": "C115/1", "rows": [(1, 2, 3)], "number": 5, "row": Row("甲")}
    with pytest.raises((ValueError, TypeError, AttributeError, NoReverseMatch)) as expected:
        plain.render(Context(given_one))
    with pytest.raises(expected.type):
        ours.render(Context(given_one))


def test_leaves_the_context_as_it_found_it() -> None:
    ours = Template(TEXTS["loops"], engine=engines["django"].engine)
    compile_nodes(ours.nodelist)
    context = Context(given())
    before = len(context.dicts)
    ours.render(context)
    assert len(context.dicts) == before


PARTS = {
    "page": "{% load i18n %}{% for row in several %}{% include 'row' %}{% include 'row' with row=plain %}{% endfor %}"
    "{% include 'row' with row=several.0 count=7 only %}{% include 'tree' with nodes=tree %}{{ count }}{{ row.name }}",
    "row": "<{{ row.name }}{{ count }}{% include 'deep' with name=row.name %}{% include 'turns' %}{{ name }}>",
    "deep": "{% with n=name %}{{ n }}{{ row.name }}{{ forloop.counter }}{% endwith %}{% include 'says' %}",
    "says": "{% load i18n %}{% translate '今日' as said %}{{ said }}{% autoescape off %}{{ plain }}{% endautoescape %}",
    "turns": "{% for a, b in pairs %}{% cycle 'x' 'y' %}{{ a }}{{ b }}{% ifchanged %}{{ row.name }}{% endifchanged %}"
    "{% endfor %}",
    "tree": "{% for node in nodes %}({{ node.0 }}{% include 'tree' with nodes=node.1 %}){% endfor %}",
    "sets": "{% for said in pairs %}{{ said.0 }}{% include 'says' %}{{ said.0 }}{{ said }}{% endfor %}",
    "missing": "{% for row in several %}{% include 'nowhere' %}{% endfor %}",
    "breaks": "{% for row in several %}{% include 'row' with row=row only %}{% include 'broken' %}{% endfor %}",
    "broken": "{{ inner.broken }}",
}


def _engines(texts: dict[str, str]) -> tuple[Engine, Engine]:
    """Ours and Django's own over the same texts."""
    kept = [("django.template.loaders.locmem.Loader", texts)]
    libraries = engines["django"].engine.libraries
    made = [
        Engine(loaders=[(loader, kept)], libraries=libraries)
        for loader in ("anwang.web.shell.loading.Loader", "django.template.loaders.cached.Loader")
    ]
    return made[0], made[1]


@pytest.mark.parametrize("name", ["page", "sets"])
def test_writes_an_included_template_out_as_if_it_were_asked(name: str) -> None:
    tree = [("<1>", [("2", []), ("3", [("4", [])])])]
    ours, plain = (engine.get_template(name) for engine in _engines(PARTS))
    for language in ("zh-hant", "en"):
        with translation.override(language):
            context = Context(given() | {"tree": tree})
            depth = len(context.dicts)
            assert ours.render(context) == plain.render(Context(given() | {"tree": tree}))
            assert len(context.dicts) == depth


def test_fails_for_a_template_that_does_not_exist_when_it_is_wanted() -> None:
    ours, _plain = _engines(PARTS)
    page = ours.get_template("missing")
    assert page.render(Context({"several": []})) == ""
    with pytest.raises(TemplateDoesNotExist):
        page.render(Context(given()))


def test_leaves_the_context_whole_when_an_included_template_fails() -> None:
    ours, _plain = _engines(PARTS)
    context = Context(given() | {"inner": Row("甲")})
    depth = len(context.dicts)
    with pytest.raises(AttributeError):
        ours.get_template("breaks").render(context)
    assert len(context.dicts) == depth


def test_no_address_has_two_forms_with_one_value() -> None:
    # A stand-in's address holds for every value only while there is one form to choose.
    for names in get_resolver().namespace_dict.values():
        resolver = names[1]
        for name in {key for key in resolver.reverse_dict if isinstance(key, str)}:
            forms = [one for form in resolver.reverse_dict.getlist(name) for one in form[0] if len(one[1]) == 1]
            assert len(forms) <= 1, name


NOT_OURS = {"resolve_expression", "as_sql", "template", "render", "do_not_call_in_templates"}
"""What Django asks any object for by itself."""


class Echo:
    """Whatever a template asks for: text that needs escaping, two of everything in a loop, and so on, three deep."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in NOT_OURS:
            raise AttributeError(name)
        return Echo(f"{self.path}.{name}") if self.path.count(".") < 3 else f"<{self.path}.{name}>"

    def __str__(self) -> str:
        return f"<{self.path} & '>"

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Iterator[Any]:
        return iter([Echo(f"{self.path}.0"), f"{self.path}<1>"])

    def __hash__(self) -> int:
        return hash(self.path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Echo) and other.path == self.path


class Everything(dict[str, Any]):
    """A context in which every name stands for something."""

    def __contains__(self, name: object) -> bool:
        return name not in ("forloop", "block", "csrf_token", "request", "True", "False", "None")

    def __missing__(self, name: str) -> Any:
        return Echo(name)


def _outcome(engine: Engine, name: str) -> str:
    request = RequestFactory().get("/today")
    try:
        context = make_context({}, request)
        context.dicts.insert(1, Everything())
        return re.sub(r"\b[A-Za-z0-9]{64}\b", "TOKEN", engine.get_template(name).render(context))
    except Exception as error:
        return f"raised {type(error).__name__}: {error}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_of_the_site_says_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever stands for a number gets an address; those without one are said once in the life of a process.
    monkeypatch.setattr("django.urls.reverse", lambda name, args=(), **_: f"/{name}/{args}" if args else reverse(name))
    engine = engines["django"].engine
    plain = own_way()
    for language in ("zh-hant", "en"):
        with translation.override(language):
            assert _outcome(engine, name) == _outcome(plain, name)


def test_every_template_of_the_site_is_compiled() -> None:
    engine = engines["django"].engine
    nodes = engine.get_template("shell/parts/why.html").nodelist
    assert [type(node) for node in nodes] == [Compiled]
