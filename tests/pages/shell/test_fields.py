"""Bad input: a clear sentence, the rest kept, nothing changed behind the writer's back."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate
from anwang.web.shell import forms

NOON = "2026-11-24T12:00+08:00"
HUGE = "字" * 5_000_000


class Sample(forms.Form):
    name = forms.PersonNameField(label="姓名", required=False)
    born_on = forms.RocDateField(label="出生日期", required=False, future=False)
    whole_on = forms.RocDateField(label="日期", required=False, partial=False)
    met_at = forms.InstantField(label="時間", required=False, late_after=timedelta(hours=24))
    number = forms.NationalIdField(label="證號", required=False)
    phone = forms.PhoneField(label="電話", required=False)
    story = forms.LongTextField(label="經過", required=False, max_length=100)
    answer = forms.YesNoUnknownField(label="有危險嗎")
    count = forms.WholeNumberField(label="幾個", required=False, most=20)
    place = forms.OneOfMany(label="地點", required=False, choices=[("home", "家裡")])
    kinds = forms.SomeOf(label="種類", required=False, choices=[("a", "甲"), ("b", "乙")])
    once = forms.OnceToken(required=False)


def given(**values: object) -> Sample:
    with clock.frozen(NOON):
        form = Sample(values)
        form.is_valid()
    return form


KEPT = [
    ("name", "Rangarang・Sawawan・Pacekelj Tjuku", "Rangarang・Sawawan・Pacekelj Tjuku"),
    ("name", "  林  ", "林"),
    ("name", "𠀋\ue000𪚥", "𠀋\ue000𪚥"),  # plane 2 and private use (CNS 11643)
    ("name", "Kàlji mutàn", "Kàlji mutàn"),  # combining marks stay as received
    ("name", "代號A115-0007", "代號A115-0007"),
    ("born_on", "108/10/3", PartialDate(2019, 10, 3)),
    ("born_on", "2019-10-03", PartialDate(2019, 10, 3)),
    ("born_on", "民國108年10月", PartialDate(2019, 10)),
    ("born_on", "70", PartialDate(1981)),
    ("born_on", "約民國７０年", PartialDate(1981, approximate=True)),
    ("whole_on", "115.11.24", date(2026, 11, 24)),
    ("number", " a2 0000-0012 ", "A200000012"),
    ("number", "Ａ１０００００００１", "A100000001"),
    ("phone", "（０８）000-1113＃12", "(08)000-1113#12"),
    ("phone", "113", "113"),
    ("story", "第一行\r\n第二行\t\u3000末", "第一行\n第二行\t\u3000末"),
    ("count", "１２", 12),
    ("answer", "unsafe", "unsafe"),
    ("kinds", ["a", "b"], ["a", "b"]),
    ("once", "01a2006d-ebe0-746c-88a4-90cb72783841", UUID("01a2006d-ebe0-746c-88a4-90cb72783841")),
]


@pytest.mark.parametrize(("field", "typed", "expected"), KEPT)
def test_takes_what_can_be_told_and_keeps_it_as_given(field: str, typed: object, expected: object) -> None:
    form = given(**{field: typed})
    assert form.errors == {}
    assert form.cleaned_data[field] == expected


BAD = [
    ("name", "王\x00小明", "控制字元"),
    ("name", "王\x1b[31m小明", "控制字元"),
    ("name", "王\u202e小明", "控制字元"),
    ("name", "王\ud83d小明", "傳壞了"),
    ("name", "王\ufffd小明", "傳壞了"),
    ("name", "王\n小明", "只能寫一行"),
    ("name", "王" * 101, "最多100字，現在有101字"),
    ("name", HUGE, "現在有5000000字"),
    ("name", "・・・", "要有字"),
    ("born_on", "115/13/2", "月曆上沒有這一天"),
    ("born_on", "114/2/29", "月曆上沒有這一天"),
    ("born_on", "108/10-3", "請填年月日"),
    ("born_on", "10/3", "請填年月日"),
    ("born_on", "昨天", "請填年月日"),
    ("born_on", "2019\x00", "控制字元"),
    ("born_on", HUGE, "請填年月日"),
    ("born_on", "115/11/25", "還沒到"),
    ("whole_on", "115年11月", "完整的年月日"),
    ("number", "A200000011", "檢查碼不對"),
    ("number", "我忘了帶證件", "檢查碼不對"),
    ("number", "A" * 21, "最多20個字"),
    ("phone", "問他哥哥", "請填電話號碼"),
    ("phone", "12", "請填電話號碼"),
    ("phone", "0" * 41, "最多40字"),
    ("story", "字" * 101, "最多100字"),
    ("story", "有\x00", "控制字元"),
    ("answer", "maybe", "清單裡沒有"),
    ("count", "很多", "0到20的整數"),
    ("count", "21", "0到20的整數"),
    ("count", "-1", "0到20的整數"),
    ("count", "9" * 5000, "0到20的整數"),
    ("place", "moon", "清單裡沒有"),
    ("kinds", ["a", "z"], "清單裡沒有"),
    ("once", "not a token", "放太久"),
]


@pytest.mark.parametrize(("field", "typed", "words"), BAD, ids=[f"{f}-{n}" for n, (f, _t, _w) in enumerate(BAD)])
def test_refuses_with_a_sentence_and_keeps_the_rest(field: str, typed: object, words: str) -> None:
    others = {"name": "沈芷妍", "phone": "0912-000-345"}
    form = given(**{**others, field: typed})
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]
    assert form.errors[field][0].endswith(("。", "」。"))
    for other in others.keys() - {field}:
        assert f'value="{others[other]}"' in str(form)
    str(form).encode("utf-8")


@pytest.mark.parametrize(("field", "typed", "words"), BAD, ids=[f"{f}-{n}" for n, (f, _t, _w) in enumerate(BAD)])
def test_says_it_in_english_too(field: str, typed: object, words: str) -> None:
    with translation.override("en"):
        sentence = given(**{field: typed}).errors[field][0]
    assert sentence.isascii() or not any(
        "\u4e00" <= letter <= "\u9fff" for letter in sentence.replace("照原樣保留", "")
    )


def test_reads_a_true_time_and_marks_late_entry_without_blocking() -> None:
    form = given(met_at_day="115/11/20", met_at_time="下午2點半")
    assert form.errors == {}
    assert form.cleaned_data["met_at"] == datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
    with clock.frozen(NOON):
        assert form.late_entries() == ["met_at"]


def test_reads_the_end_of_a_day_as_24_00() -> None:
    form = given(met_at_day="115/11/23", met_at_time="24:00")
    assert form.cleaned_data["met_at"] == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    with clock.frozen(NOON):
        assert form.late_entries() == []


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("115/11/24", "13:00", "還沒到"),
        ("115/11/24", "25:10", "幾點幾分"),
        ("115/11/24", "", "幾點幾分"),
        ("", "12:00", "請填年月日"),
        ("115/10", "12:00", "完整的年月日"),
        ("115/11/31", "12:00", "月曆上沒有"),
        ("115/11/24\x00", "11:00", "控制字元"),
    ],
)
def test_refuses_a_time_that_cannot_have_been(day: str, time: str, words: str) -> None:
    assert words in given(met_at_day=day, met_at_time=time).errors["met_at"][0]


def test_proposes_now_as_the_true_time() -> None:
    with clock.frozen(NOON):
        page = str(Sample())
    assert 'value="115年11月24日"' in page
    assert 'value="12:00"' in page


def test_keeps_a_doubtful_number_when_told_to() -> None:
    form = given(number="A200000011", number_keep="on")
    assert form.cleaned_data["number"] == "A200000011"


def test_takes_silence_as_not_asked() -> None:
    assert given().cleaned_data["answer"] == "not_asked"


def test_links_every_fault_to_its_field() -> None:
    form = given(name="\x00", met_at_day="x", met_at_time="y")
    page = str(form)
    assert [fault.href for fault in form.faults] == ["#id_name", "#id_met_at"]
    assert 'href="#id_name"' in page
    assert 'id="id_met_at"' in page
    assert "autofocus" in page
    assert page.count("aria-invalid") == 3


def test_puts_a_domain_error_at_its_field() -> None:
    form = given(name="沈芷妍")
    form.refuse(BadInput("這個名字已經登記過。", field="name"))
    form.refuse(BadInput("整張表都不能這樣送。"))
    assert [(fault.href, fault.text) for fault in form.faults] == [
        ("", "整張表都不能這樣送。"),
        ("#id_name", "這個名字已經登記過。"),
    ]


def test_asks_for_an_empty_required_field_by_its_name() -> None:
    class Asked(forms.Form):
        name = forms.PersonNameField(label="姓名")
        place = forms.OneOfMany(label="地點", choices=[("a", "甲")])
        met_at = forms.InstantField(label="見面的時間")

    form = Asked({})
    assert [fault.text for fault in form.faults] == ["請填姓名。", "請選一項：地點。", "請填見面的時間。"]


def test_ends_the_sentence_of_an_empty_question_once() -> None:
    class Question(forms.Form):
        ends = forms.OneOf(label="這件事還要留著嗎？", choices=[("yes", "留著"), ("no", "結束")])

    asked = Question({})
    assert not asked.is_valid()
    assert [(fault.label, fault.text) for fault in asked.faults] == [("", "請選一項：這件事還要留著嗎。")]


def test_tells_a_refusal_from_something_left_to_fill_in() -> None:
    class Question(forms.Form):
        ends = forms.OneOf(label="還要留著嗎", choices=[("yes", "留著")])

    empty, refused = Question({}), Question({"ends": "yes"})
    refused.add_error(None, "這位還在安置中。請先結束安置，再送結案。")
    assert (empty.is_refused, refused.is_refused) == (False, True)
    said = render_to_string("shell/parts/errors.html", {"form": refused})
    assert "這次還沒有存" in said
    assert "還差" not in said
