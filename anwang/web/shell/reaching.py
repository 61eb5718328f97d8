"""What compiled templates reach for while they run: values, and Django's own way where that is longer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sized
from functools import cache
from html import escape
from typing import Any  # what templates are given
from uuid import UUID

from django import urls
from django.template import Context, VariableDoesNotExist
from django.template.base import Node, render_value_in_context
from django.template.context import ContextDict
from django.templatetags.i18n import BlockTranslateNode
from django.urls import NoReverseMatch, URLResolver, get_resolver, get_script_prefix, get_urlconf
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime
from django.utils.translation import gettext, ngettext

LONG = object()
"""Not plainly there: Django's own way of looking must decide."""
MISSING = object()
"""Nobody gave it, so that what is asked of it is not there either."""
_NUMBER = re.compile(r"[A-Za-z0-9-]+")
"""What stands in an address as it is, as numbers of reports and cases do."""
_STAND_INS: dict[type, UUID | str] = {UUID: UUID("018f0000-0000-7000-8000-00000000e57a"), str: "Stand-1n-F0r-iT"}
_PLAIN: set[type] = set()
"""Classes whose objects have attributes and no entries, as met so far."""


def find(dicts: list[dict[str, Any]], name: str, missing: Any) -> Any:
    """The innermost value of a name; `missing` where nobody gave one."""
    for layer in reversed(dicts):
        if name in layer:
            value = layer[name]
            return LONG if callable(value) else value
    return missing


def uncalled(value: Any) -> Any:
    """The value, unless it must be called first."""
    return LONG if callable(value) else value


def bit(current: Any, name: str, missing: Any) -> Any:
    """The entry of a dict or the attribute of an object without entries; `missing` where there can be none."""
    kind = type(current)
    if kind is dict:
        value = current.get(name, LONG)
        if value is LONG and not hasattr(dict, name) and not name.isdigit():
            return missing
    elif kind in _PLAIN:
        try:
            value = getattr(current, name, LONG)
        except Exception:  # whatever a property raises: asked again, Django knows what is silent and what is not
            return LONG
    elif current is MISSING:
        return missing
    elif current is LONG or hasattr(kind, "__getitem__"):
        return LONG
    else:
        _PLAIN.add(kind)
        return bit(current, name, missing)
    return LONG if callable(value) else value


def shown(value: Any, context: Context, auto: bool) -> str:
    """A value as it is said: escaped unless it is safe."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        # Most words are letters and figures alone, and need no second look.
        return escape(value) if auto and not value.isalnum() else value
    if kind is int and -1000 < value < 1000:
        return str(value)
    return str(render_value_in_context(value, context))


def truth(token: Any, context: Context) -> Any:
    """What an `if` decides about a token."""
    try:
        return token.eval(context)
    except VariableDoesNotExist:
        return None


def alike(one: Any, other: Any) -> bool:
    """`==`; what cannot be compared is not alike, as in every `if` of a template."""
    try:
        return bool(one == other)
    except Exception:
        return False


def unlike(one: Any, other: Any) -> bool:
    """`!=`; what cannot be compared is not unlike either."""
    try:
        return bool(one != other)
    except Exception:
        return False


def keep_safe(value: Any, before: Any) -> Any:
    """What a filter made of safe text that says so of itself stays safe."""
    return mark_safe(value) if isinstance(before, SafeData) else value  # noqa: S308  as Django's own filters do


def outer_loop(context: Context) -> dict[str, Any]:
    """The counters of the loop around this one."""
    return context.get("forloop", {})


def sized(values: Any) -> Sized:
    """What a loop goes through."""
    if values is None:
        return ()
    return values if hasattr(values, "__len__") else list(values)


def turns(values: Any, turn: dict[str, Any], is_reversed: bool) -> Iterator[Any]:
    """Each item, with the loop's counters set for it."""
    length = len(values)
    for at, item in enumerate(reversed(values) if is_reversed else values):
        turn["counter0"] = at
        turn["counter"] = at + 1
        turn["revcounter"] = length - at
        turn["revcounter0"] = length - at - 1
        turn["first"] = at == 0
        turn["last"] = at == length - 1
        yield item


def unpacked(names: tuple[str, ...], item: Any) -> dict[str, Any]:
    """The parts of an item by their names. Raises ValueError when they are more or fewer."""
    length = len(item) if hasattr(item, "__len__") else 1
    if length != len(names):
        raise ValueError(f"Need {len(names)} values to unpack in for loop; got {length}. ")
    return dict(zip(names, item, strict=True))


def included(context: Context, name: str, values: dict[str, Any], isolated: bool) -> str:
    """Another template, with all that is known here and some values, or with these alone."""
    template = context.template.engine.get_template(name)
    if isolated:
        return str(template.render(context.new(values)))
    with context.push(**values):
        return str(template.render(context))


def address(name: str, value: Any, node: Node, context: Context) -> str:
    """`{% url %}` with one value: put into the address of a stand-in where any such value would do."""
    kind = type(value)
    if kind is UUID or (kind is str and _NUMBER.fullmatch(value)):
        before, after = _around(get_resolver(get_urlconf()), get_script_prefix(), name, _STAND_INS[kind])
        if before is not None:
            return f"{before}{value}{after}"
    return str(node.render_annotated(context))


@cache
def _around(_resolver: URLResolver, _prefix: str, name: str, stand_in: UUID | str) -> tuple[str | None, str]:
    """What stands before and after the value in this address; nothing where the stand-in does not fit."""
    try:
        before, found, after = urls.reverse(name, args=[stand_in]).partition(str(stand_in))
    except NoReverseMatch:
        return None, ""
    return (before, after) if found else (None, "")


def entry(context: Context, name: str) -> Any:
    """The value of a name in a sentence; nothing where there is none."""
    return context.get(name, context.template.engine.string_if_invalid)


def sentence(text: str, values: dict[str, str], node: BlockTranslateNode, context: Context) -> str:
    """A sentence in the reader's language with its values."""
    try:
        return gettext(text) % values
    except (KeyError, ValueError):
        return str(node.render(context))


def counted(
    one: str, several: str, count: Any, values: dict[str, str], node: BlockTranslateNode, context: Context
) -> str:
    """A sentence that counts; what is no whole number is for the tag itself."""
    if type(count) is not int:
        return str(node.render(context))
    try:
        return ngettext(one, several, count) % values
    except (KeyError, ValueError):
        return str(node.render(context))


RUNTIME: dict[str, Any] = {
    "LONG": LONG, "MISSING": MISSING, "ContextDict": ContextDict, "address": address, "alike": alike, "bit": bit,
    "counted": counted, "entry": entry, "find": find, "included": included, "keep_safe": keep_safe,
    "local": template_localtime, "outer_loop": outer_loop, "sentence": sentence, "shown": shown, "sized": sized,
    "truth": truth, "turns": turns, "uncalled": uncalled, "unlike": unlike, "unpacked": unpacked,
}  # fmt: skip
