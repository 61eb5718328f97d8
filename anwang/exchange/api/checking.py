"""Checking a value against the part of JSON Schema that we use: what is published is what is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any  # JSON

from django.utils.translation import gettext as _

from .bodies import printable
from .problems import Wrong

Schema = dict[str, Any]
_TYPES: dict[str, type | tuple[type, ...]] = {"object": dict, "array": list, "string": str, "boolean": bool}


def check(value: Any, schema: Schema, at: str = "") -> Iterator[Wrong]:
    """Every place of `value` that the schema does not allow, with a sentence. Names not in the schema are allowed."""
    if not isinstance(value, _TYPES[schema["type"]]):
        yield Wrong(at, _kinds(schema["type"]))
    elif schema["type"] == "object":
        yield from _object(value, schema, at)
    elif schema["type"] == "array":
        yield from _list(value, schema, at)
    elif schema["type"] == "string":
        yield from _text(value, schema, at)


def _kinds(kind: str) -> str:
    return {
        "object": _("這裡要一個物件，以{開頭。"),
        "array": _("這裡要一個清單，以[開頭。"),
        "string": _("這裡要文字，用引號包起來。"),
        "boolean": _("這裡要true或false。"),
    }[kind]


def _object(value: dict[str, Any], schema: Schema, at: str) -> Iterator[Wrong]:
    for name in schema.get("required", ()):
        if name not in value:
            yield Wrong(f"{at}/{name}", _("這個欄位一定要有。請補上。"))
    known = schema.get("properties", {})
    extra = schema.get("additionalProperties")
    for name, inner in value.items():
        if name in known:
            yield from check(inner, known[name], f"{at}/{name}")
        elif isinstance(extra, dict):
            yield from check(inner, extra, f"{at}/{_escaped(name)}")
        elif extra is False:
            yield Wrong(f"{at}/{_escaped(name)}", _("這裡不收這個欄位。請寫進text再送。"))
    if len(value) > schema.get("maxProperties", len(value)):
        yield Wrong(at, _("欄位太多。請照說明的結構送。"))


def _list(value: list[Any], schema: Schema, at: str) -> Iterator[Wrong]:
    if len(value) > schema.get("maxItems", len(value)):
        yield Wrong(at, _("最多%(n)d項。請減少再送。") % {"n": schema["maxItems"]})
        return
    for number, inner in enumerate(value):
        yield from check(inner, schema["items"], f"{at}/{number}")


def _text(value: str, schema: Schema, at: str) -> Iterator[Wrong]:
    if "enum" in schema and value not in schema["enum"]:
        yield Wrong(at, _("沒有這個代碼。請從說明的清單選。"))
    elif len(value) > schema.get("maxLength", len(value)):
        yield Wrong(at, _("太長，最多%(n)d個字。請縮短。") % {"n": schema["maxLength"]})
    elif len(value) < schema.get("minLength", 0):
        yield Wrong(at, _("這個欄位不能空白。請寫內容。"))
    elif "pattern" in schema and not _pattern(schema["pattern"]).search(value):
        yield Wrong(at, _("格式不對。請照說明的樣子寫。"))


@lru_cache(maxsize=32)
def _pattern(written: str) -> re.Pattern[str]:
    # JSON Schema's $ is the very end; Python's also stands before a last line break.
    return re.compile(re.sub(r"\$$", r"\\Z", written))


def _escaped(name: str) -> str:
    return printable(name).replace("~", "~0").replace("/", "~1")
