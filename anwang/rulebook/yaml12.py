"""YAML 1.2 scalars (yes, no, on, off, 12:30 and 010 are words) and no key twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at import: C when it is there
    """PyYAML's safe loader without the YAML 1.1 readings."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    repeated: list[tuple[int, str]]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, (str, int)):
                self.repeated.append((key_node.start_mark.line + 1, f"key {key!r} is not a word"))
                continue
            if key in seen:
                self.repeated.append((key_node.start_mark.line + 1, f"key '{key}' is written twice"))
            seen[key] = self.construct_object(value_node, deep=True)
        return seen

    def map(self, node: yaml.MappingNode) -> dict[Any, Any]:
        return self.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.map)
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


def read(path: Path, shown: str, problems: list[Problem]) -> list[tuple[str, Any]]:
    """Every document of the file with the place it starts at; faults are added to `problems`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.append(Problem(shown, "", "not UTF-8"))
        return []
    return read_text(text, shown, problems)


def read_text(text: str, shown: str, problems: list[Problem]) -> list[tuple[str, Any]]:
    """The same for a text that came from elsewhere, such as a page."""
    documents: list[tuple[str, Any]] = []
    try:
        loader = _Loader(text)
    except yaml.YAMLError as error:
        problems.append(Problem(shown, "", " ".join(str(error).split())))
        return documents
    loader.repeated = []
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is not None:
                line = node.start_mark.line + 1
                documents.append((f"{shown}:{line}", loader.construct_document(node)))
    except yaml.YAMLError as error:
        problems.append(Problem(shown, "", " ".join(str(error).split())))
    finally:
        loader.dispose()
    problems.extend(Problem(f"{shown}:{line}", "", message) for line, message in loader.repeated)
    return documents
