from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import roc
from anwang.foundation.clock import local
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate, parse_date

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "108/10/3",
        "108/10/03",
        "1081003",
        "民國108年10月3日",
        "中華民國108年10月3日",
        "108.10.3",
        "108-10-3",
        "１０８／１０／３",
        "1 0 8年10月3日",
        "2019-10-03",
        "2019/10/3",
        "20191003",
        "西元2019年10月3號",
        " 108年10月3日 ",
    ],
)
def test_reads_one_day_in_every_way_of_writing_it(text):
    assert parse_date(text) == PartialDate(2019, 10, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70", PartialDate(1981)),
        ("108", PartialDate(2019)),
        ("2019", PartialDate(2019)),
        ("民國5年", PartialDate(1916)),
        ("民國元年", PartialDate(1912)),
        ("民國前1年12月31日", PartialDate(1911, 12, 31)),
        ("民前3年", PartialDate(1909)),
        ("約民國70年", PartialDate(1981, approximate=True)),
        ("70年左右", PartialDate(1981, approximate=True)),
        ("108年10月", PartialDate(2019, 10)),
        ("70/5", PartialDate(1981, 5)),
        ("113/2/29", PartialDate(2024, 2, 29)),
    ],
)
def test_reads_partial_and_old_dates(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize("text", ["113/2/30", "114/2/29", "108/13/1", "108/0/1", "1081032", "2019-02-29"])
def test_refuses_days_no_calendar_has(text):
    with pytest.raises(BadInput, match="沒有這一天"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "990101",
        "108-10/3",
        "108/10.3",
        "10/3",
        "5",
        "民國2019年",
        "民國0年",
        "西元108年",
        "10810",
        "明年",
        "108年3日",
        "民國-1年",
        "2019-10-03T10:00",
        "108/10/3/1",
        "9" * 400,
        "一〇八年",
        "٢٠١٩",
        "300",
        "01081003",
    ],
)
def test_refuses_what_cannot_be_told_and_says_how_it_should_look(text):
    with pytest.raises(BadInput) as refused:
        parse_date(text)
    assert "115年11月24日" in str(refused.value)


@given(st.text(max_size=20))
def test_any_text_gives_a_date_or_a_sentence(text):
    try:
        known = parse_date(text).earliest
    except BadInput as refused:
        known = str(refused)
    assert known


@given(days)
def test_written_days_read_back(day):
    assert parse_date(roc.roc_long(day)).exact == day
    assert parse_date(day.isoformat()).exact == day


@given(st.dates(date(1912, 1, 1), date(2199, 12, 31)))
def test_packed_days_read_back(day):
    assert parse_date(f"{day.year - 1911:03d}{day:%m%d}").exact == day


@given(days)
def test_partial_dates_hold_their_days(day):
    for partial in (PartialDate(day.year), PartialDate(day.year, day.month), PartialDate.of(day)):
        assert partial.earliest <= day <= partial.latest
        assert partial.may_equal(PartialDate.of(day))
        assert parse_date(str(partial)) == partial


def test_roc_years_have_no_year_zero():
    assert roc.roc_long(date(1911, 12, 31)) == "民國前1年12月31日"
    assert roc.roc_long(date(1912, 1, 1)) == "1年1月1日"


def test_sorts_and_compares_what_is_only_partly_known():
    year, month, day = PartialDate(1981), PartialDate(1981, 5), PartialDate(1982, 1, 1)
    assert sorted([day, month, year]) == [year, month, day]
    assert year.surely_before(day)
    assert not year.surely_before(month)


@pytest.mark.parametrize(
    ("time", "hour", "minute"),
    [
        ("14:30", 14, 30),
        ("1430", 14, 30),
        ("１４：３０", 14, 30),
        ("下午2點30分", 14, 30),
        ("下午2點半", 14, 30),
        ("PM 2:30", 14, 30),
        ("2:30 pm", 14, 30),
        ("凌晨3:20", 3, 20),
        ("0:05", 0, 5),
        ("12:05 AM", 0, 5),
        ("中午12點", 12, 0),
        ("中午1點", 13, 0),
        ("晚上11點40分", 23, 40),
        ("9時", 9, 0),
        ("9點整", 9, 0),
        ("下午12:10", 12, 10),
    ],
)
def test_reads_times(time, hour, minute):
    at = roc.parse_instant("115/11/23", time)
    assert at.tzinfo is UTC
    assert (local(at).date(), local(at).hour, local(at).minute) == (date(2026, 11, 23), hour, minute)


def test_2400_is_the_end_of_the_day():
    assert roc.parse_instant("115/11/23", "24:00") == roc.parse_instant("115/11/24", "0:00")


@pytest.mark.parametrize(
    "time", ["", "25:00", "24:01", "9:60", "14", "9:", "9:5", "上午PM9:00", "上午13:00", "半夜", "930"]
)
def test_refuses_times_that_are_none(time):
    with pytest.raises(BadInput) as refused:
        roc.parse_instant("115/11/23", time)
    assert refused.value.field == "time"


@pytest.mark.parametrize("text", ["115年", "約115/11/23", "115/2/30"])
def test_an_instant_needs_a_whole_date(text):
    with pytest.raises(BadInput) as refused:
        roc.parse_instant(text, "9:00")
    assert refused.value.field == "date"


def test_formats_days():
    today = date(2026, 11, 23)
    assert roc.roc_date(date(2026, 11, 26), today) == "11月26日（四）"
    assert roc.roc_date(date(2025, 6, 20), today) == "114年6月20日"
    assert roc.roc_date(date(2026, 11, 26), today, "en") == "Thu 26 Nov"
    assert roc.roc_date(date(2025, 6, 20), today, "en") == "20 Jun 2025"
    assert roc.roc_long(date(2026, 11, 24), "en") == "24 November 2026"
    assert PartialDate(1981, approximate=True).text("en") == "about 1981"


@pytest.mark.parametrize(
    ("day", "time", "zh", "en"),
    [
        ("115/11/23", "14:00", "14:00", "14:00"),
        ("115/11/22", "17:30", "昨天17:30", "yesterday 17:30"),
        ("115/11/24", "10:00", "明天10:00", "tomorrow 10:00"),
        ("115/11/20", "08:53", "11月20日08:53", "20 Nov 08:53"),
        ("114/6/20", "08:53", "114年6月20日08:53", "20 Jun 2025 08:53"),
    ],
)
def test_formats_instants(day, time, zh, en):
    at = roc.parse_instant(day, time)
    assert roc.clock_time(at, NOW) == zh
    assert roc.clock_time(at, NOW, "en") == en


def test_a_deadline_at_midnight_is_24_00_of_the_day_it_ends():
    at = roc.parse_instant("115/11/24", "0:00")
    assert roc.clock_time(at, NOW) == "明天00:00"
    assert roc.clock_time(at, NOW, deadline=True) == "24:00"


@pytest.mark.parametrize(
    ("birth", "on", "ages"),
    [
        (PartialDate(2008, 2, 29), date(2026, 2, 28), (17, 17)),
        (PartialDate(2008, 2, 29), date(2026, 3, 1), (18, 18)),
        (PartialDate(2008, 3, 1), date(2026, 3, 1), (18, 18)),
        (PartialDate(2008), date(2026, 7, 1), (17, 18)),
        (PartialDate(2008, 7), date(2026, 7, 1), (17, 18)),
        (PartialDate(1981, approximate=True), date(2026, 7, 1), (43, 46)),
        (PartialDate(2027, 1, 1), date(2026, 7, 1), (0, 0)),
    ],
)
def test_ages(birth, on, ages):
    assert roc.age_on(birth, on) == ages


@given(days, st.integers(0, 40000))
def test_age_never_falls(day, later):
    birth = PartialDate.of(day)
    assume_on = day + timedelta(days=later)
    lower, upper = roc.age_on(birth, assume_on)
    assert lower == upper >= 0
    assert roc.age_on(birth, assume_on + timedelta(days=1))[0] - lower in (0, 1)
