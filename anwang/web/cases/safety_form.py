"""The questions about one child's safety, the same in every report that answers them."""

from __future__ import annotations

from typing import Any  # a form's fields and clean data

from django.utils.translation import gettext as _

from anwang.cases import words
from anwang.cases.actions import Safety
from anwang.cases.queries import SubjectLine
from anwang.web.shell import forms


def ask_safety(form: forms.Form, one: SubjectLine, *, required: bool = False) -> None:
    """Add the questions for one subject; what was found before is said, never preselected."""
    key, name = one.id.hex, one.name
    before = _("上次：%(result)s。這次再看一次。") % {"result": one.safety} if one.safety else ""
    put(form, f"safety_{key}", forms.OneOf(
        choices=words.labels("safety.result"), required=required, label=_("%(name)s的安全評估") % {"name": name},
        help_text=before, error_messages={"required": _("請為%(name)s選安全評估結果。") % {"name": name}},
    ))  # fmt: skip
    put(form, f"plan_{key}", forms.LongTextField(
        label=_("%(name)s的安全計畫") % {"name": name}, required=False, rows=3, help_text=_("有計畫才安全時要寫。")
    ))  # fmt: skip
    put(form, f"refused_{key}", forms.TickField(label=_("照顧者不肯簽安全計畫")))
    put(form, f"instead_{key}", forms.TextField(
        label=_("沒簽時由誰看顧"), required=False, help_text=_("沒簽也能送審，寫替代的看顧方式。")
    ))  # fmt: skip


def put(form: forms.Form, key: str, field: Any) -> None:
    """A field asked for one person, drawn like those of the class."""
    field.template_name, field.is_marked_optional = "shell/parts/field.html", False
    form.fields[key] = field


def safety_of(given: dict[str, Any], key: str) -> Safety | None:
    """The answers about one subject; None where nothing was said."""
    result = given.get(f"safety_{key}")
    if not result:
        return None
    return Safety(result, given[f"plan_{key}"], given[f"refused_{key}"], given[f"instead_{key}"])
