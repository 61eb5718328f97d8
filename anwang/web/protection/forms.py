"""What the desk of protection asks. Choices come from the code lists of the day, set by the view."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.protection.states import PlaceWhat
from anwang.web.shell import forms

NO_PLACE = _("不要寫她現在的住處、學校或縣市。")


class OrderForm(forms.Form):
    """What the paper of the court says."""

    kind = forms.OneOf(label=_("哪一種保護令"))
    court = forms.TextField(label=_("哪個法院"), max_length=60)
    number = forms.TextField(label=_("案號"), max_length=60, help_text=_("照裁定抄，例如115年度家護字第9001號。"))
    bound = forms.OneOf(label=_("相對人是誰"))
    protects = forms.SomeOf(label=_("保護誰"), help_text=_("裁定上寫到的小孩和家人都要勾。"))
    terms = forms.SomeOf(label=_("法院准了哪幾款"), stacked=True)
    distance_m = forms.WholeNumberField(
        label=_("要遠離幾公尺"), required=False, most=9999, help_text=_("有遠離的款項才填。")
    )
    treatment_by = forms.RocDateField(label=_("處遇計畫完成期限"), partial=False, required=False)
    issued_at = forms.InstantField(label=_("核發的時間"), help_text=_("保護令從核發時起有效，不等送達。"))
    received_at = forms.InstantField(label=_("我們收到的時間"))
    ends_on = forms.RocDateField(
        label=_("到期日"), partial=False, required=False, help_text=_("通常與跟騷保護令才有；暫時與緊急的不填。")
    )
    served_at = forms.InstantField(label=_("送達相對人的時間"), required=False, initial=None)
    from_county = forms.TextField(
        label=_("別的縣市登錄的"), max_length=5, required=False, help_text=_("由別的縣市轉來的，填縣市代碼。")
    )

    def __init__(
        self, *args: Any, kinds: list[tuple[str, str]], terms: list[tuple[str, str]], people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["terms"].choices = terms
        self.fields["bound"].choices = people
        self.fields["protects"].choices = people


class WhenForm(forms.Form):
    """Only when."""

    at = forms.InstantField(label=_("什麼時候"))


class WordsForm(WhenForm):
    """When, and what is to be said about it."""

    words = forms.LongTextField(label=_("怎麼一回事"), rows=4, max_length=200, help_text=NO_PLACE)


class ExtensionForm(WhenForm):
    words = forms.TextField(label=_("狀號或文號"), max_length=200, required=False)


class ChangeForm(WhenForm):
    """The terms as they stand after the court's change."""

    terms = forms.SomeOf(label=_("現在有哪幾款"), stacked=True)
    distance_m = forms.WholeNumberField(label=_("要遠離幾公尺"), required=False, most=9999)
    words = forms.TextField(label=_("裁定案號"), max_length=200)

    def __init__(self, *args: Any, terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].choices = terms


class RulingForm(WhenForm):
    """Granted until a day, or refused."""

    ruled = forms.OneOf(label=_("法院怎麼裁定"), choices=[("granted", _("准許延長")), ("refused", _("駁回延長"))])
    until = forms.RocDateField(label=_("延長到哪一天"), partial=False, required=False, help_text=_("准許才填。"))
    words = forms.TextField(label=_("裁定案號"), max_length=200, required=False)


class EndForm(WhenForm):
    how = forms.OneOf(label=_("怎麼失效"), stacked=True)
    words = forms.TextField(label=_("裁定案號或說明"), max_length=200, required=False)

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = ways


class BrokenForm(forms.Form):
    """How the order was broken."""

    terms = forms.SomeOf(label=_("違反了哪一款"), stacked=True)
    words = forms.LongTextField(label=_("發生什麼事"), rows=4, max_length=2000, help_text=NO_PLACE)
    happened_at = forms.InstantField(label=_("什麼時候發生"))
    at = forms.InstantField(label=_("什麼時候知道"))

    def __init__(self, *args: Any, terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].choices = terms


class ThenForm(WhenForm):
    then = forms.OneOf(label=_("做了什麼"), stacked=True)
    words = forms.TextField(label=_("告訴了誰、案號"), max_length=200)

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["then"].choices = ways


class TellForm(WhenForm):
    to = forms.TextField(label=_("哪個分局、哪所學校"), max_length=60, help_text=_("這一欄收在安全區，別人看不到。"))
    how = forms.TextField(label=_("文號，或接電話的人"), max_length=60)


class ReceivedForm(WhenForm):
    who = forms.TextField(label=_("誰說收到了"), max_length=60, help_text=_("寫職稱就好。"))


class LeftForm(WhenForm):
    words = forms.TextField(label=_("為什麼不用轉知"), max_length=120)


class ReceiverForm(forms.Form):
    receiver = forms.OneOf(label=_("還要讓誰知道"), stacked=True)

    def __init__(self, *args: Any, receivers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = receivers


class ShieldForm(WhenForm):
    """Whom, on what ground, against whom, whom to ask instead."""

    persons = forms.SomeOf(label=_("替誰保密"), help_text=_("小孩也要勾，每個人各自保密。"))
    kind = forms.OneOf(label=_("依據"), stacked=True)
    basis = forms.TextField(label=_("案號或文號"), max_length=120, required=False)
    against = forms.SomeOf(label=_("要防誰"), required=False, help_text=_("都不勾就是對所有人。"))
    ask_whom = forms.TextField(
        label=_("別人可以洽誰"), max_length=80, help_text=_("單位和電話；不要寫她現在縣市的單位。")
    )
    until_on = forms.RocDateField(
        label=_("保密到哪一天"), partial=False, required=False, help_text=_("沒有期限就不填。")
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people
        self.fields["against"].choices = people
        self.fields["kind"].choices = kinds


class PlaceForm(WhenForm):
    """A place to cover, with what makes a telephone safe."""

    what = forms.OneOf(label=_("哪一種地方"), choices=PlaceWhat.choices)
    text = forms.TextField(label=_("地址、電話、學校或縣市"), max_length=200)
    safe_when = forms.TextField(label=_("什麼時候打安全"), max_length=80, required=False)
    name_to_use = forms.TextField(label=_("用什麼名義"), max_length=40, required=False)


class ReviewForm(WhenForm):
    until_on = forms.RocDateField(
        label=_("繼續到哪一天"), partial=False, required=False, help_text=_("沒有期限就不填。")
    )


class EndShieldForm(WhenForm):
    because = forms.TextField(label=_("為什麼不用再保密"), max_length=120, help_text=_("要和她本人談過。"))


class SearchForm(WhenForm):
    person = forms.OneOf(label=_("在找誰"))
    words = forms.LongTextField(label=_("聽到什麼、從哪裡聽到"), rows=4, max_length=500, help_text=NO_PLACE)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
