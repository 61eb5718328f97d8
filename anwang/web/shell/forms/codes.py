"""One code of a dated list of the rulebook, in the reader's language."""

from datetime import date
from typing import Any

from anwang import rulebook
from anwang.foundation import clock
from anwang.web.shell import words

from .choices import OneOf, OneOfMany


class CodeField(OneOfMany):
    """`CodeField("visit.method")`: the codes in force on `on` (today unless given), value = code.

    `only` keeps some codes. An unknown list raises `UnknownRule` when the page opens.
    """

    def __init__(
        self, codelist: str, *, on: date | None = None, county: str | None = None,
        only: frozenset[str] | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(choices=lambda: codes(codelist, on=on, county=county, only=only), **kwargs)


class FewCodesField(OneOf):
    """The same as radio buttons, for lists of a handful."""

    def __init__(
        self, codelist: str, *, on: date | None = None, county: str | None = None,
        only: frozenset[str] | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(choices=lambda: codes(codelist, on=on, county=county, only=only), **kwargs)


def codes(
    codelist: str, *, on: date | None = None, county: str | None = None, only: frozenset[str] | None = None
) -> list[tuple[str, str]]:
    """(code, label) of the list as it stands on that day, in its own order, without kinds that nobody reports."""
    dated = rulebook.book().codelist(codelist).on(on or clock.today(), county)
    offered = (entry for entry in dated if entry.marks.get("reported") != "no")
    return [(entry.code, entry.label.to(words.lang())) for entry in offered if only is None or entry.code in only]
