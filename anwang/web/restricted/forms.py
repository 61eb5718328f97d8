"""What is asked to close a file to all but named readers."""

from django.utils.translation import gettext_lazy as _

from anwang.access.states import RestrictionReason
from anwang.web.shell import forms


class RestrictForm(forms.Form):
    """設限閱: which file, why, until when, and who still reads it."""

    number = forms.TextField(label=_("案號"), max_length=40)
    reason = forms.OneOf(label=_("原因"), choices=RestrictionReason.choices)
    until = forms.RocDateField(label=_("到哪一天"), partial=False)
    readers = forms.SomeOf(
        label=_("可閱人員"), choices=(), stacked=True, required=False,
        help_text=_("你自己一定看得到。沒被指定的人，原來有權也看不到。"),
    )  # fmt: skip

    def __init__(self, *given: object, colleagues: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*given, **named)
        self.fields["readers"].choices = colleagues
