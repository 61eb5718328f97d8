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
    """A bundle (or a single resource) whose references can be followed inside it.

    `entries` are its entries in order, each with its resource. `twice` are the names under which it holds two different
    resources: the first is followed, and whoever reads it must be told.
    """

    def __init__(self, document: Resource) -> None:
        is_bundle = document.get("resourceType") == "Bundle"
        self.entries = items(document.get("entry")) if is_bundle else [{"resource": document}]
        self.resources = [mapping(entry.get("resource")) for entry in self.entries]
        self._by_name: dict[str, Resource] = {}
        self.twice: set[str] = set()
        for entry, resource in zip(self.entries, self.resources, strict=True):
            for name in (text(entry.get("fullUrl")), f"{resource.get('resourceType')}/{resource.get('id')}"):
                if self._by_name.setdefault(name, resource) != resource and name and not name.endswith("/None"):
                    self.twice.add(name)
        self._names: dict[int, set[str]] = {}
        for name, resource in self._by_name.items():
            self._names.setdefault(id(resource), set()).add(name)

    def of_type(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.get("resourceType") == kind]

    def follow(self, reference: Any, kind: str = "", within: Resource | None = None) -> Resource:
        """The resource a Reference points to: by full address, Type/id, the end of an address, or #id in `within`."""
        name = text(mapping(reference).get("reference"))
        if name.startswith("#"):
            held = items(mapping(within).get("contained"))
            found: Resource = next((one for one in held if text(one.get("id")) == name[1:]), {})
        else:
            found = self._by_name.get(name) or self._by_name.get("/".join(name.split("/")[-2:]), {}) if name else {}
        return found if not kind or found.get("resourceType") == kind else {}

    def names(self, resource: Resource) -> set[str]:
        """Every name under which a resource can be pointed to here."""
        return self._names.get(id(resource), set())

    def reachable(self, start: Resource) -> list[Resource]:
        """The resources of this bundle that belong to one of them: whom it names, and whoever names these persons."""
        kept, waiting = {id(start)}, [start]
        while waiting:
            for reference in references(waiting.pop()):
                found = self.follow(reference)
                if found and id(found) not in kept:
                    kept.add(id(found))
                    waiting.append(found)
        related = self.of_type("RelatedPerson")
        kept |= {id(one) for one in related if id(self.follow(one.get("patient"))) in kept}
        return [resource for resource in self.resources if id(resource) in kept]


def references(value: Any) -> Iterator[Resource]:
    """Every Reference in a resource, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            if isinstance(one.get("reference"), str):
                yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
