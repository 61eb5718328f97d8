"""What the desk of mental health asks. Choices come from the code lists of the day, set by the view."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwang.care.states import Danger, MeasureKind, StepKind, YesNoUnknown
from anwang.web.shell import forms

Choices = list[tuple[str, str]]
LEVELS = [("1", _("第一級")), ("2", _("第二級")), ("3", _("第三級")), ("4", _("第四級")), ("5", _("第五級"))]
YES_NO = [("yes", _("是")), ("no", _("不是"))]


class Chosen(forms.Form):
    """A form whose choices the view gives by field name."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, given in (choices or {}).items():
            self.fields[name].choices = given  # type: ignore[attr-defined]


class WhenForm(Chosen):
    at = forms.InstantField(label=_("什麼時候"))


class TriageForm(Chosen):
    """What is known of him; the lists fill in the rest."""

    psychiatric = forms.OneOf(label=_("是不是精神疾病病人"), stacked=True)
    level = forms.OneOf(label=_("第幾級"), choices=[*LEVELS, ("", _("還不知道"))], required=False)
    issues = forms.SomeOf(
        label=_("還有什麼議題"),
        required=False,
        stacked=True,
        help_text=_("自殺、相對人、受保護由名單自動帶入，不用勾。"),
    )
    words = forms.LongTextField(label=_("補充"), rows=3, max_length=400, required=False)


class DecideForm(Chosen):
    """Who serves, and why another than proposed."""

    service = forms.OneOf(label=_("由哪一種人員服務"), stacked=True)
    who = forms.OneOf(label=_("由哪一位承辦"), required=False, help_text=_("不屬精神照護時不用選。"))
    stands_in = forms.TickField(label=_("護理師暫代（關懷訪視員出缺）"), required=False)
    because = forms.OneOf(
        label=_("和建議不同的理由"), required=False, stacked=True, help_text=_("和建議相同就不用選。")
    )
    words = forms.LongTextField(label=_("說明"), rows=3, max_length=400, required=False)


class LevelForm(Chosen):
    level = forms.OneOf(label=_("改成第幾級"), choices=LEVELS)
    words = forms.LongTextField(label=_("為什麼"), rows=3, max_length=400, required=False)


class RerouteForm(Chosen):
    """Which post is asked, and why."""

    to_unit = forms.OneOf(label=_("請哪個單位"))
    service = forms.OneOf(label=_("由哪一種人員服務"), stacked=True)
    because = forms.OneOf(label=_("為什麼要改派"), stacked=True)
    words = forms.LongTextField(label=_("說明"), rows=3, max_length=400, required=False)


class AnswerForm(Chosen):
    accept = forms.OneOf(label=_("你的回覆"), choices=[("yes", _("接手")), ("no", _("退回"))])
    worker = forms.OneOf(label=_("由哪一位承辦"), required=False, help_text=_("接手才選。"))
    answer = forms.OneOf(label=_("退回的理由"), required=False, stacked=True)
    words = forms.LongTextField(label=_("說明"), rows=3, max_length=400, required=False)


class WhoForm(Chosen):
    who = forms.OneOf(label=_("交給哪一位"))


class WordsForm(Chosen):
    words = forms.LongTextField(label=_("怎麼一回事"), rows=4, max_length=400)


class LongReviewForm(WordsForm):
    goes_on = forms.OneOf(label=_("還要繼續長期陪伴嗎"), choices=YES_NO)


class ReasonForm(Chosen):
    because = forms.OneOf(label=_("為什麼從名冊銷列"), stacked=True)


class PlaceForm(Chosen):
    """An emergency placement began."""

    hospital = forms.TextField(label=_("哪一家指定精神醫療機構"), max_length=60)
    began_at = forms.InstantField(label=_("什麼時候開始緊急安置"))
    lawyer = forms.OneOf(label=_("他有沒有委任律師"), choices=YesNoUnknown.choices)


class GrantForm(Chosen):
    """The permit or ruling as its paper says."""

    kind = forms.OneOf(
        label=_("准了什麼"),
        choices=[(one.value, one.label) for one in (MeasureKind.HOSPITAL, MeasureKind.COMMUNITY)],
    )
    hospital = forms.TextField(label=_("哪一家指定精神醫療機構"), max_length=60)
    number = forms.TextField(label=_("許可或裁定的文號"), max_length=60)
    began_at = forms.InstantField(label=_("什麼時候開始"))
    ends_on = forms.RocDateField(
        label=_("到哪一天"), partial=False, required=False, help_text=_("公文沒寫就不填，照法定最長期間算。")
    )
    words = forms.TextField(label=_("說明"), max_length=400, required=False)


STEPS = (
    StepKind.EXAMINED, StepKind.APPLIED, StepKind.AID, StepKind.EXTENSION_ASKED, StepKind.NOT_EXTENDED,
    StepKind.APPEALED,
)  # fmt: skip


class StepForm(WhenForm):
    kind = forms.OneOf(label=_("發生了什麼"), choices=[(one.value, one.label) for one in STEPS], stacked=True)
    specialists = forms.WholeNumberField(label=_("幾位專科醫師鑑定"), required=False, most=9, help_text=_("鑑定才填。"))
    remote = forms.TickField(label=_("在離島或偏遠地區"), required=False)
    words = forms.TextField(label=_("文號或說明"), max_length=400, required=False)


class EndForm(WhenForm):
    how = forms.OneOf(label=_("怎麼停止的"), stacked=True)
    words = forms.TextField(label=_("文號或說明"), max_length=400, required=False)


class NewEmergencyForm(Chosen):
    """Who found him, where, what he does."""

    name = forms.TextField(label=_("姓名"), max_length=40, required=False, help_text=_("身分不明就空著。"))
    number = forms.NationalIdField(
        label=_("證號"), required=False, help_text=_("有證號，或姓名加出生日，才找得到在服務他的縣市和要提醒的人。")
    )
    birth = forms.RocDateField(label=_("出生日"), required=False, future=False)
    received_at = forms.InstantField(label=_("什麼時候接獲"))
    found_by = forms.OneOf(label=_("誰發現或通知的"))
    place = forms.TextField(label=_("人在哪裡"), max_length=120)
    what = forms.LongTextField(label=_("發生什麼事"), rows=4, max_length=2000)
    danger = forms.OneOf(label=_("有沒有傷害之虞"), choices=Danger.choices, stacked=True)


class KnownForm(WhenForm):
    known = forms.OneOf(label=_("查到他是精神疾病病人嗎"))


class EscortForm(Chosen):
    """護送就醫單."""

    hospital = forms.TextField(label=_("送到哪一家醫院"), max_length=60)
    escorted_by = forms.TextField(
        label=_("誰護送"), max_length=120, help_text=_("單位和職稱，例如隱山分局兩位、消防救護車。")
    )
    left_at = forms.InstantField(label=_("什麼時候出發"))
    arrived_at = forms.InstantField(label=_("什麼時候到院"))
    received_by = forms.TextField(label=_("醫院誰接手"), max_length=60, help_text=_("寫職稱就好。"))
    condition = forms.LongTextField(label=_("當時情形"), rows=4, max_length=2000)
    restrained = forms.OneOf(label=_("有沒有用約束設備"), choices=YesNoUnknown.choices)
    restraint_words = forms.TextField(label=_("用什麼、為什麼、多久"), max_length=200, required=False)
    searched = forms.OneOf(label=_("有沒有檢查身體或物品"), choices=YesNoUnknown.choices)
    belongings = forms.TextField(label=_("帶著什麼、交給誰"), max_length=200, required=False)
    injured = forms.OneOf(label=_("有沒有人受傷"), choices=YesNoUnknown.choices)
    told_why = forms.OneOf(label=_("有沒有告訴他為什麼"), choices=YesNoUnknown.choices)
    family_told = forms.OneOf(label=_("有沒有通知家屬或保護人"), choices=YesNoUnknown.choices)


class DoneForm(Chosen):
    on_scene = forms.OneOf(label=_("主管機關怎麼到場"), stacked=True)
    done = forms.OneOf(label=_("結果"), stacked=True)
    done_at = forms.InstantField(label=_("什麼時候告一段落"))
    registered = forms.OneOf(label=_("戶籍在哪個縣市"), required=False, help_text=_("還不知道就不選，由我們追蹤。"))


class CountyForm(WhenForm):
    how = forms.TextField(label=_("通知了誰、文號或電話"), max_length=120)


class HandOverForm(Chosen):
    to_unit = forms.OneOf(label=_("交給戶籍地哪個單位"))
    words = forms.LongTextField(label=_("要告訴對方的"), rows=4, max_length=1000, required=False)


class LeavingForm(Chosen):
    """What hospital, prison or court told."""

    from_what = forms.OneOf(label=_("從哪裡離開"), stacked=True)
    institution = forms.TextField(label=_("哪一家醫院、監所或法院"), max_length=60)
    noticed_at = forms.InstantField(label=_("什麼時候接到通知"))
    expected_at = forms.InstantField(label=_("預定什麼時候離開"), required=False, initial=None, future=True)
    left_at = forms.InstantField(
        label=_("已經離開的時間"), required=False, initial=None, help_text=_("還沒離開就不填。")
    )
    severe = forms.OneOf(label=_("是不是嚴重病人"), choices=[*YES_NO, ("unknown", _("不知道"))])
    words = forms.TextField(label=_("說明"), max_length=400, required=False)


class MovedForm(Chosen):
    expected_at = forms.InstantField(label=_("改成什麼時候"), initial=None, future=True)


class LeftForm(Chosen):
    left_at = forms.InstantField(label=_("什麼時候離開的"))


class PlannedForm(WhenForm):
    words = forms.LongTextField(label=_("和醫院、家屬說好了什麼"), rows=4, max_length=400)


class OffForm(Chosen):
    words = forms.TextField(label=_("為什麼不離開了"), max_length=400)


class ToldForm(WhenForm):
    how = forms.OneOf(
        label=_("怎麼告訴她的"),
        choices=[("phone", _("電話")), ("in_person", _("當面")), ("message", _("她指定的安全方式"))],
    )
    words = forms.LongTextField(
        label=_("說好了什麼"), rows=4, max_length=400, help_text=_("安全計畫、要不要暫時離開、找誰。不要寫她的去處。")
    )
    plan_gone_through = forms.TickField(label=_("一起看過安全計畫"))


class PostForm(Chosen):
    unit = forms.OneOf(label=_("哪個單位"))
    service = forms.OneOf(label=_("哪一種人員"), stacked=True)
    since_on = forms.RocDateField(label=_("從哪一天起"), partial=False)


class FillForm(Chosen):
    worker = forms.OneOf(label=_("誰到職"))
    since_on = forms.RocDateField(label=_("到職日"), partial=False)


class VacateForm(Chosen):
    until_on = forms.RocDateField(label=_("最後一天"), partial=False)
