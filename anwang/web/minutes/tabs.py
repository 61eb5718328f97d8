"""The pages of one desk that stand beside each other: meetings, what they track, what that changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.web.shell.navigation import Entry, address


def tabs(here: str) -> list[Entry]:
    """Entries in order; `here` is the url name of the page that is shown. What does not exist is left out."""
    names = (
        ("minutes:index", _("會議與紀錄")), ("minutes:bodies", _("會議體")), ("tracking:index", _("列管決議")),
        ("tracking:search", _("找紀錄與決議")), ("tracking:lines", _("從一句話到數字")),
    )  # fmt: skip
    return [Entry(href, words, name == here) for name, words in names if (href := address(name))]
