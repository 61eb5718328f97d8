"""Reading JSON resources without trusting their shape: every getter returns text, a list or nothing, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")
Resource = Mapping[str, Any]


def mapping(value: Any) -> Resource:
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> list[Resource]:
    """The objects of a list; anything that is not an object is passed over."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """The words, without NUL and with halves of characters as �: neither can be written, and the original has them."""
    return _HALVES.sub("\ufffd", value.replace("\0", "")).strip() if isinstance(value, str) else ""


def words(value: Any) -> list[str]:
    """The texts of a list."""
    return [text(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def extension(resource: Resource, url: str) -> Resource:
    """The first extension with this address, or nothing."""
    return next((found for found in items(resource.get("extension")) if found.get("url") == url), {})


def codings(concept: Any) -> Iterator[tuple[str, str]]:
    """(system, code) of a CodeableConcept. Labels are not read: the code decides, whatever the label says."""
    for coding in items(mapping(concept).get("coding")):
        yield text(coding.get("system")), text(coding.get("code"))


def code_of(resource: Resource, url: str) -> str:
    """The first code of a coded extension."""
    concept = extension(resource, url).get("valueCodeableConcept")
    return next((code for _system, code in codings(concept) if code), "")


class Bundle:
    """A bundle (or a single resource) whose references can be followed inside it."""

    def __init__(self, document: Resource) -> None:
        entries = items(document.get("entry")) if document.get("resourceType") == "Bundle" else [{"resource": document}]
        self.resources = [mapping(entry.get("resource")) for entry in entries]
        self._by_name: dict[str, Resource] = {}
        for entry, resource in zip(entries, self.resources, strict=True):
            for name in (text(entry.get("fullUrl")), f"{resource.get('resourceType')}/{resource.get('id')}"):
                self._by_name.setdefault(name, resource)

    def of_type(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.get("resourceType") == kind]

    def follow(self, reference: Any, kind: str = "") -> Resource:
        """The resource a Reference points to: by full address, by Type/id, or by the end of an address."""
        name = text(mapping(reference).get("reference"))
        found = self._by_name.get(name) or self._by_name.get("/".join(name.split("/")[-2:]), {})
        return found if not kind or found.get("resourceType") == kind else {}
