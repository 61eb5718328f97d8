"""Grades and classes of child protection in words: the outcomes of the tables that advise them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def grade_text(grade: str) -> str:
    """第一級, 第二級; the code itself for grades of other kinds."""
    return {"one": _("第一級"), "two": _("第二級")}.get(grade, grade)


def class_text(class_code: str) -> str:
    """第一類 to 第三類; the code itself for classes of other kinds."""
    return {"one": _("第一類"), "two": _("第二類"), "three": _("第三類")}.get(class_code, class_code)
