"""What the desk of other systems asks."""

from django.utils.translation import gettext_lazy as _

from anwang.systems.states import Channel, Reach, Scope
from anwang.web.shell import forms


class SystemForm(forms.Form):
    """登記系統: an office and its telephone, never a person."""

    name = forms.TextField(label=_("系統名稱"), max_length=60)
    name_en = forms.TextField(label=_("英文名稱"), max_length=120, required=False)
    code = forms.TextField(
        label=_("代碼"), max_length=24, help_text=_("小寫英文與數字，例如hospital-a。登記後不能改。")
    )
    agency = forms.TextField(label=_("所屬機關"), max_length=80)
    reach = forms.OneOf(label=_("服務範圍"), choices=Reach.choices)
    channels = forms.SomeOf(label=_("用哪些方式介接"), choices=Channel.choices, stacked=True)
    contact_unit = forms.TextField(label=_("聯絡單位"), max_length=80, help_text=_("寫單位，不寫個人姓名。"))
    contact_phone = forms.TextField(label=_("公務電話"), max_length=40, required=False)


class TokenForm(forms.Form):
    """發憑證: what it may do, and until when."""

    scopes = forms.SomeOf(label=_("可以做什麼"), choices=Scope.choices, stacked=True)
    expires_on = forms.RocDateField(label=_("用到哪一天"), partial=False)


class SenderForm(forms.Form):
    """代送機關: an office in whose name the system may send lists."""

    marks_optional = False

    name = forms.TextField(label=_("機關名稱"), max_length=60, help_text=_("照來文的機關全銜，例如河岬戶政事務所。"))
