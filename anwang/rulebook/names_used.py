"""Names a rule borrows from other rules: one misspelled would follow nobody, and nothing else would tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .conditions import Condition
from .instruments import Instrument
from .problems import Problem
from .schedules import Schedule
from .versions import Handle, Version

if TYPE_CHECKING:
    from .book import Rulebook

KINDS = "case.kind"


def misnamed(book: Rulebook) -> list[Problem]:
    """Kinds of case that are in no list, and duties that schedules owe but nobody wrote."""
    handles = book.contents.handles
    kinds = _codes(handles.get(KINDS))
    duties = {handle.rule_id for handle in book.duties()}
    found = []
    for handle in handles.values():
        for version in _all_versions(handle):
            content = version.content
            if kinds and isinstance(content, Schedule | Instrument):
                wrong = (f"no kind of case '{one}' ({KINDS})" for one in sorted(_kinds(content) - kinds))
                found += [Problem(handle.where, handle.rule_id, said) for said in wrong]
            if isinstance(content, Schedule) and content.owes not in duties:
                found.append(Problem(handle.where, handle.rule_id, f"owes: no duty '{content.owes}'"))
    return list(dict.fromkeys(found))


def _kinds(content: Schedule | Instrument) -> set[str]:
    if isinstance(content, Instrument):
        return set(content.use.kinds)
    tests = (content.only_known.get("kind"), content.only_if.get("kind"))
    return set(content.kinds).union(*_words(tests))


def _words(tests: Iterable[Condition | None]) -> Iterator[frozenset[str]]:
    return (test.words for test in tests if test is not None)


def _codes(handle: Handle[Any] | None) -> set[str]:
    if handle is None:
        return set()
    return {code.code for version in handle.national for code in version.content.codes}


def _all_versions(handle: Handle[Any]) -> Iterator[Version[Any]]:
    lines = (handle.national, *handle.counties.values())
    return (version for line in lines for version in line if not version.withdrawn)
