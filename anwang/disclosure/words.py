"""Labels of dated lists in the reader's language, also of codes that a list of today no longer has."""

from __future__ import annotations

from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.people.words import lang
from anwang.rulebook.problems import RulebookError, UnknownRule


def label(list_id: str, code: str) -> str:
    """The words of a code today; the code itself when the list does not know it (it was entered so)."""
    if not code:
        return ""
    try:
        return book().codelist(list_id).on(clock.today())[code].label.to(lang())
    except (UnknownRule, RulebookError, KeyError):
        return code


def network(code: str) -> str:
    """The network of a file, as the table of networks calls it."""
    labels = book().table("disclosure.their_network").on(clock.today()).advise({"kind": "suicide"}).labels
    return labels[code].to(lang()) if code in labels else code
