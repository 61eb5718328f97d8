"""What the desk of data subjects asks."""

from django.utils.translation import gettext_lazy as _

from anwang.people.states import Fact
from anwang.subjects import rules
from anwang.subjects.states import AskerRole, Asks, Handed, Outcome
from anwang.web.shell import forms

BECAUSE = [("enquiry", _("要向其他單位查證")), ("volume", _("資料量多")), ("third_party", _("要徵詢第三人"))]


class TakeForm(forms.Form):
    """收件: who asks, how it was made sure that it is he, what he wants, about whom."""

    asks = forms.OneOf(label=_("他要什麼"), choices=Asks.choices, stacked=True)
    asker_role = forms.OneOf(label=_("他是誰"), choices=AskerRole.choices)
    proof = forms.CodeField(rules.PROOFS, label=_("看了什麼證件"))
    asker = forms.PersonNameField(label=_("申請人姓名"), help_text=_("照證件寫。"))
    reach = forms.TextField(
        label=_("答復送到哪裡"), max_length=120, required=False, help_text=_("他自己指定的地址或電話；當面領就不填。")
    )
    about = forms.PersonNameField(label=_("資料是誰的"), required=False, help_text=_("代理別人時才填。"))
    born_on = forms.RocDateField(label=_("資料本人的出生日"), partial=False, required=False, future=False)
    number = forms.TextField(
        label=_("資料本人的證號"), max_length=20, required=False, help_text=_("沒有證號，只能以制式答復。")
    )
    words = forms.LongTextField(
        label=_("他要改什麼、為什麼"), max_length=1000, required=False, help_text=_("要複製本就不用寫。")
    )
    at = forms.InstantField(label=_("收件時間"))


class TieForm(forms.Form):
    """The representative's own number."""

    number = forms.TextField(label=_("代理人的證號"), max_length=20)


class CopyForm(forms.Form):
    """Which parts are refused, on what ground."""

    marks_optional = False
    plain = forms.TickField(label=_("用制式答復：不寫任何紀錄內容"))

    basics = forms.CodeField(rules.GROUNDS, label=_("不提供：基本資料"), required=False)
    reach = forms.CodeField(rules.GROUNDS, label=_("不提供：住居所、聯絡方式與所在"), required=False)
    reports = forms.CodeField(rules.GROUNDS, label=_("不提供：通報與通報人"), required=False)
    services = forms.CodeField(rules.GROUNDS, label=_("不提供：服務紀錄"), required=False)
    decisions = forms.CodeField(rules.GROUNDS, label=_("不提供：開案、結案與期間"), required=False)


class OutcomeForm(forms.Form):
    """A correction, a supplement, a stop, a deletion."""

    outcome = forms.OneOf(label=_("怎麼答復"), choices=Outcome.choices, stacked=True)
    ground = forms.CodeField(rules.GROUNDS, label=_("不予准許的依據"), required=False)
    reason = forms.LongTextField(
        label=_("要補充的話"), max_length=600, required=False, help_text=_("不要寫別人的姓名、電話、住處。")
    )


class DisputeForm(forms.Form):
    """A fact to mark."""

    fact = forms.OneOfMany(label=_("哪一項有爭執"), choices=Fact.choices)
    words = forms.TextField(label=_("當事人的說法"), max_length=200)


class ExtendForm(forms.Form):
    because = forms.OneOf(label=_("為什麼要延長"), choices=BECAUSE, stacked=True)


class HandForm(forms.Form):
    how = forms.OneOf(label=_("怎麼交付"), choices=Handed.choices, stacked=True)
    at = forms.InstantField(label=_("交付時間"))


class ProposeForm(forms.Form):
    """The first person of two."""

    number = forms.TextField(label=_("案號"), max_length=20)
    basis = forms.CodeField(rules.BASES, label=_("依據"))
    paper = forms.TextField(
        label=_("來文字號"), max_length=40, required=False, help_text=_("法院通知或當事人請求要填。")
    )


class HoldForm(forms.Form):
    number = forms.TextField(label=_("案號"), max_length=20)
    because = forms.CodeField(rules.HOLDS, label=_("為什麼要留"))
    paper = forms.TextField(label=_("來文字號"), max_length=40, required=False)
