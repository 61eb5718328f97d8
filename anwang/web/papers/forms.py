"""What the clerk's desk asks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.access.states import Circle
from anwang.documents.states import LETTERS, Direction, PaperKind, Secrecy, SheetKind, Way
from anwang.foundation import clock
from anwang.web.shell import forms

OFFICE = _("不在名單上就寫在下一格。")


class RegisterForm(forms.Form):
    """收文 or a paper that has already gone out."""

    direction = forms.OneOf(label=_("收文還是發文"), choices=Direction.choices)
    kind = forms.OneOfMany(label=_("哪一種"), choices=PaperKind.choices)
    number = forms.TextField(label=_("文號"), max_length=40, help_text=_("照紙上寫；沒有就寫「無」。"))
    dated_on = forms.RocDateField(label=_("公文日期"), partial=False, future=False)
    other_unit = forms.OneOfMany(label=_("對方單位"), required=False, help_text=OFFICE)
    other_name = forms.TextField(label=_("對方名稱"), max_length=80, required=False)
    subject = forms.TextField(label=_("主旨"), max_length=300, help_text=_("一句話；不必寫姓名。"))
    matter_number = forms.TextField(label=_("案號"), max_length=20, required=False)
    secrecy = forms.OneOf(label=_("密等"), choices=Secrecy.choices, initial=Secrecy.CONFIDENTIAL)
    way = forms.OneOfMany(label=_("怎麼送的"), choices=Way.choices)
    at = forms.InstantField(label=_("收到或發出的時間"))
    answers_number = forms.TextField(label=_("回覆我們的哪一號"), max_length=40, required=False)
    answer_due_on = forms.RocDateField(label=_("請對方何時前回覆"), partial=False, required=False)

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_unit"].choices = [("", _("請選一項")), *offices]


class LetterForm(forms.Form):
    """擬函: to whom, for which side, why."""

    kind = forms.OneOf(label=_("哪一種函"), choices=[(one.value, one.label) for one in LETTERS])
    matter_number = forms.TextField(label=_("案號"), max_length=20)
    to_unit = forms.OneOfMany(label=_("給哪個單位"))
    circle = forms.OneOf(
        label=_("對方要服務哪一側"),
        choices=Circle.choices,
        help_text=_("函裡只列這一側和不分側的人，不列住址和電話。"),
    )
    people = forms.SomeOf(
        label=_("函裡列哪幾位"), required=False, stacked=True,
        help_text=_("協訪不勾，就列請求裡的人；移轄不勾，就列這一側全部。"),
    )  # fmt: skip
    reason = forms.LongTextField(
        label=_("理由，或請對方做的事"), max_length=600, help_text=_("不要寫住處、電話、通報人。")
    )

    def __init__(
        self, *args: Any, offices: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["to_unit"].choices = [("", _("請選一項")), *offices]
        self.fields["people"].choices = people
        if not people:
            del self.fields["people"]


class NumberForm(forms.Form):
    """取號."""

    number = forms.TextField(label=_("文號"), max_length=40)
    dated_on = forms.RocDateField(label=_("發文日期"), partial=False, future=False, initial=clock.today)


class SendForm(forms.Form):
    """發出."""

    way = forms.OneOfMany(label=_("怎麼送"), choices=Way.choices)
    at = forms.InstantField(label=_("發出時間"))


class AnswerForm(forms.Form):
    """代登: what a unit without accounts answered by letter."""

    accept = forms.OneOf(label=_("對方怎麼回"), choices=[("yes", _("接受")), ("no", _("不接受"))])
    number = forms.TextField(label=_("對方文號"), max_length=40)
    name = forms.TextField(label=_("對方誰回的"), max_length=60, help_text=_("職稱和姓，例如林科員。"))
    dated_on = forms.RocDateField(label=_("對方公文日期"), partial=False, future=False)
    at = forms.InstantField(label=_("收到的時間"))
    reason = forms.CodeField("offer.decline_reasons", label=_("不接受的理由"), required=False)


class FileForm(forms.Form):
    """擬成公文: for whom."""

    to = forms.TextField(label=_("給哪個機關或誰"), max_length=80, help_text=_("例如望潮縣少年法院；不寫住址。"))
    is_person = forms.TickField(label=_("收的是個人"))


class TemplateForm(forms.Form):
    """A restyled template; the file comes beside."""

    kind = forms.OneOf(label=_("哪一種文件"), choices=SheetKind.choices, stacked=True)
    name = forms.TextField(label=_("怎麼稱呼這個樣式"), max_length=80, required=False)
