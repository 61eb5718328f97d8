"""The house form: label, hint, the error as a sentence above the field, a box that links to every fault."""

from typing import Any, NamedTuple

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from anwang.foundation.errors import BadInput

from .times import InstantField

_DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


class Fault(NamedTuple):
    """One line of the error box; `href` leads to the field, empty when it concerns the whole form.

    `label` is empty when the text names the field itself.
    """

    href: str
    label: str
    text: str


class Form(forms.Form):
    """Base of every staff form. `{{ form }}` draws it whole; `{{ form.name.as_field_group }}` one field.

    Values stay as typed when something is wrong. A domain error found later is given back to the page with
    `form.refuse(error)`. Set `marks_optional = False` where nearly everything is optional.
    """

    template_name = "shell/parts/form.html"
    use_required_attribute = False
    marks_optional = True
    keeps_all = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.template_name = "shell/parts/field.html"
            is_asked = self.marks_optional and not field.widget.is_hidden
            field.is_marked_optional = is_asked and not field.required and not hasattr(field, "silence")
            if field.error_messages.get("required") is _DJANGO_REQUIRED:
                label = str(field.label or name).rstrip("？?")
                field.error_messages["required"] = format_lazy(str(self.required_words(field)), label=label)

    @staticmethod
    def required_words(field: forms.Field) -> Any:  # a lazy sentence with {label}
        """The sentence for an empty field: fill it in, or choose."""
        return _("請選一項：{label}。") if isinstance(field, forms.ChoiceField) else _("請填{label}。")

    @property
    def faults(self) -> list[Fault]:
        """Everything wrong, in the order of the fields, whole-form faults first."""
        found = [Fault("", "", str(text)) for text in self.non_field_errors()]
        for name in self.fields:
            bound = self[name]
            target = bound.auto_id if bound.use_fieldset else bound.id_for_label or bound.auto_id
            label = str(bound.label).rstrip("？?")
            texts = [str(text) for text in self.errors.get(name, [])]
            found += [Fault(f"#{target}", "" if label in text else label, text) for text in texts]
        return found

    @property
    def is_refused(self) -> bool:
        """Whether nothing is left to fill in: the act itself was refused, in a sentence of its own."""
        return bool(self.errors) and not any(fault.href for fault in self.faults)

    def late_entries(self) -> list[str]:
        """Names of the instants that were entered late (補登)."""
        given = getattr(self, "cleaned_data", {})
        instants = {name: field for name, field in self.fields.items() if isinstance(field, InstantField)}
        return [name for name, field in instants.items() if field.is_late(given.get(name))]

    def refuse(self, error: BadInput) -> None:
        """Show a domain error at the field it names, or over the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))
