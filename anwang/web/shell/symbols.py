"""符號說明: every sign, button, part and field in all its states, with the words that belong to it."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import forms


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its mark, an example of its words, what it means, when it is used."""

    mark: str
    words: Promise
    means: Promise
    when: Promise


SIGNS = (
    Sign("risk", _("請兩人同行"), _("有人可能受傷"), _("訪視安全、自殺、暴力、還沒看到孩子")),
    Sign("late", _("逾期3天"), _("時間過了"), _("應辦事項過了期限")),
    Sign("due", _("還有2小時20分"), _("快到期"), _("24小時內")),
    Sign("open", _("還有3天"), _("進行中"), _("期限在之後")),
    Sign("paused", _("暫停計時"), _("有理由停表"), _("等鑑定、天災、交通中斷")),
    Sign("done", _("完成"), _("做完了"), _("留在紀錄裡，不再提醒")),
    Sign("excused", _("免辦"), _("有理由不必做"), _("督導同意，理由留存")),
    Sign("missed", _("電話未接"), _("試過，沒遇到"), _("嘗試也是工作，照樣計次")),
    Sign("asked", _("等回覆"), _("已送出，對方還沒接"), _("移轄、轉介、邀請協力")),
    Sign("held", _("已接受"), _("有人負責了"), _("接受或指派生效的那一刻起")),
    Sign("yes", _("是"), _("條件成立"), _("規則判定")),
    Sign("no", _("否"), _("條件不成立"), _("規則判定")),
    Sign("unknown", _("不詳"), _("還不知道"), _("不詳從不降低保護")),
    Sign("sealed", _("住址保密"), _("存在，但不給看"), _("旁邊一定寫找誰")),
    Sign("assumed", _("本縣自訂"), _("不是全國法規"), _("假設值、縣市參數")),
)


class Example(forms.Form):
    """Every kind of field. An example does not take the focus when it is wrong."""

    is_example = True

    name = forms.PersonNameField(label=_("姓名"))
    born_on = forms.RocDateField(label=_("出生日期"), required=False, future=False)
    number = forms.NationalIdField(label=_("身分證或居留證號"), required=False)
    phone = forms.PhoneField(label=_("電話"), required=False)
    met_at = forms.InstantField(label=_("見面的時間"), late_after=timedelta(days=1))
    danger = forms.YesNoUnknownField(label=_("現在有危險嗎？"))
    where = forms.OneOfMany(
        label=_("在哪裡見面"), choices=[("home", _("家裡")), ("school", _("學校")), ("hospital", _("醫院"))]
    )
    seen = forms.SomeOf(label=_("看到誰"), required=False, choices=[("a", _("哥哥")), ("b", _("妹妹"))])
    children = forms.WholeNumberField(label=_("孩子幾個"), required=False, most=30)
    story = forms.LongTextField(label=_("看到、聽到什麼"), required=False, max_length=400)


CAUSES = (("unreachable", _("聯繫不上")), ("waiting", _("等別人的資料")))
FILLED = {
    "name": "Rangarang・Sawawan・Pacekelj・Tjuku・Kaljimutan",
    "born_on": "108/10",
    "number": "A200000012",
    "phone": "0912-000-345",
    "met_at_day": "115/11/20",
    "met_at_time": "14:30",
    "danger": "unknown",
    "where": "home",
    "seen": ["a", "b"],
    "children": "２",
    "story": "妹妹說「阿嬤有煮麵」。\n難字：𠀋、罕字：\ue000。",
}
WRONG = {
    "name": "\x07",
    "born_on": "115/13/2",
    "number": "A200000011",
    "phone": "問他哥哥",
    "met_at_day": "115/10/3",
    "met_at_time": "25:10",
    "danger": "maybe",
    "seen": ["z"],
    "children": "很多",
    "story": "字" * 401,
}


def _duties() -> list[dict[str, object]]:
    """A late one that asks what is in the way, one due today with a risk, one with its cause answered."""
    return [
        {"id": "one", "is": "late", "left": _("逾期3天"), "iso": "2026-11-21", "due": _("11月21日（六）"),
         "href": "#main", "what": _("寫完評估報告"), "whom": _("羅美珠家・孩子2人"), "can": _("葉承翰督導也可以辦"),
         "act": _("接著寫"), "law": _("脆家辦法第5條"), "why_href": "#main",
         "why": _("10月22日接獲通報起30日內"), "cause_url": "#main"},
        {"id": "two", "is": "due", "left": _("還有2小時20分"), "iso": "2026-11-24T12:00+08:00", "due": _("12:00前"),
         "href": "#main", "what": _("去看高玉蘭家的兩個孩子"), "whom": _("河岬鎮・孩子11歲、7歲"),
         "risk": _("請兩人同行：孩子的父親酒後曾持刀"), "act": _("記訪視"), "assumed": _("本縣自訂"),
         "law": _("初訪期限"), "why_href": "#main", "why": _("接獲後4小時")},
        {"id": "three", "is": "late", "left": _("逾期2小時"), "iso": "2026-11-24T07:00+08:00", "due": _("07:00前"),
         "href": "#main", "what": _("回覆派案"), "whom": _("范姜家"), "act": _("看內容"), "law": _("督導指定"),
         "said": _("記下了：聯繫不上。")},
    ]  # fmt: skip


@login_not_required
def symbols(request: HttpRequest) -> HttpResponse:
    """The gallery; it shows no record and needs no log-in."""
    examples = {
        "empty": Example(prefix="empty"),
        "filled": Example({f"filled-{key}": value for key, value in FILLED.items()}, prefix="filled"),
        "wrong": Example({f"wrong-{key}": value for key, value in WRONG.items()}, prefix="wrong"),
    }
    return render(request, "shell/symbols.html", {"signs": SIGNS, "duties": _duties(), "causes": CAUSES, **examples})
