"""Lines of one function, and values and conditions as Python within them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any  # nodes and what templates are given

from django.template.base import FilterExpression, Variable
from django.template.defaulttags import TemplateLiteral
from django.utils.safestring import mark_safe

from anwang.web.shell.reaching import RUNTIME


class Values:
    """The lines written so far, the names in them, and what stands for a value of the template."""

    def __init__(self, set_by_tags: set[str]) -> None:
        self.lines: list[str] = []
        self.depth = 1
        self.count = 0
        self.known: dict[str, Any] = dict(RUNTIME)
        self.scope: dict[str, str] = {}
        self.set_by_tags = set_by_tags

    # What every line is made of.

    def line(self, text: str) -> None:
        self.lines.append(" " * self.depth + text)

    def name(self, value: Any = None) -> str:
        """A new name; with a value, one that stands for it."""
        self.count += 1
        name = f"n{self.count}"
        if value is not None:
            self.known[name] = value
        return name

    @contextmanager
    def inside(self, text: str, **scope: str) -> Iterator[None]:
        """The lines written meanwhile stand one step deeper."""
        self.line(text)
        before, self.scope, self.depth = self.scope, self.scope | scope, self.depth + 1
        yield
        self.scope, self.depth = before, self.depth - 1

    # Values.

    def plain(self, expression: FilterExpression, missing: str) -> str | None:
        """The value without its filters as Python, LONG where Django must look; None for a constant."""
        variable = expression.var
        if not isinstance(variable, Variable) or variable.lookups is None or variable.translate:
            return None
        first, *bits = variable.lookups
        found = self.scope.get(first) or f"find(dicts, {first!r}, {'MISSING' if bits else missing})"
        if not bits and first in self.scope:
            return f"uncalled({found})"
        for left, bit in enumerate(bits, 1 - len(bits)):
            found = f"bit({found}, {bit!r}, {'MISSING' if left else missing})"
        return found

    def value(self, expression: FilterExpression, ignore: bool = False) -> str:
        """The value with its filters, as a Python expression. Like Django, empty (or None) where there is none."""
        whole, found = self.name(expression), self.name()
        asked = f"{whole}.resolve(context, {ignore})"
        if not expression.is_var and not expression.filters:
            return self.name(expression.var)
        plain = self.plain(expression, "None" if ignore else "''")
        if plain is None:
            return asked
        filtered = found
        for function, arguments in expression.filters:
            filtered = self.filtered(filtered, function, arguments)
        return f"({filtered} if ({found} := {plain}) is not LONG else {asked})"

    def filtered(self, before: str, function: Any, arguments: list[tuple[bool, Any]]) -> str:
        given = [f"{self.name(one)}.resolve(context)" if lookup else self.name(mark_safe(one))  # noqa: S308  words of our own templates
                 for lookup, one in arguments]  # fmt: skip
        value = self.name()
        first = f"{value} := {before}"
        if getattr(function, "expects_localtime", False):
            first = f"{value} := local({before}, context.use_tz)"
        if getattr(function, "needs_autoescape", False):
            given.append("autoescape=auto")
        called = f"{self.name(function)}({', '.join([f'({first})', *given])})"
        return f"keep_safe({called}, {value})" if getattr(function, "is_safe", False) else called

    def condition(self, token: Any) -> str:
        """The truth of an `if`, as Python where it cannot raise; else the token is asked."""
        if isinstance(token, TemplateLiteral):
            if not token.value.filters:
                return self.value(token.value, True)
        elif token.id in ("and", "or") and self.simple(token):
            return f"({self.condition(token.first)} {token.id} {self.condition(token.second)})"
        elif token.id == "not" and self.simple(token):
            return f"(not {self.condition(token.first)})"
        elif token.id in ("==", "!=") and self.simple(token):
            word = "alike" if token.id == "==" else "unlike"
            return f"{word}({self.condition(token.first)}, {self.condition(token.second)})"
        return f"truth({self.name(token)}, context)"

    def simple(self, token: Any) -> bool:
        sides = [side for side in (token.first, token.second) if side is not None]
        return all(not side.value.filters if isinstance(side, TemplateLiteral) else True for side in sides)
