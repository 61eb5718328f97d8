import csv
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import areas, names
from anwang.foundation.errors import BadInput
from anwang.foundation.money import Twd

REFERENCE = Path(__file__).parents[4] / "shared/data"
PRIVATE_USE = chr(0xFFFA8)


def reference(path):
    if not (REFERENCE / path).exists():
        pytest.skip(f"the reference table {path} is not beside the repository")
    with (REFERENCE / path).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_has_22_counties_with_distinct_codes_and_letters():
    assert len(areas.COUNTIES) == 22
    for field in ("code", "name", "name_en", "iso", "letter", "twss"):
        assert len({getattr(county, field) for county in areas.COUNTIES}) == 22


@pytest.mark.parametrize(
    ("code", "level", "county"),
    [
        ("63000", "county", "臺北市"),
        ("65000030", "township", "新北市"),
        ("65000030017", "village", "新北市"),
        ("10014010", "township", "臺東縣"),
        ("09007", "county", "連江縣"),
        ("99001", "county", "望潮縣"),
        ("99003010001", "village", "珊瑚縣"),
    ],
)
def test_reads_codes(code, level, county):
    assert areas.level(code) == level
    assert areas.county_of(code).name == county


@pytest.mark.parametrize(
    "code", ["", "630", "99004", "10003", "99001 ", "6500003", "650000300170", "A5000", "６３０００"]
)
def test_refuses_other_codes(code):
    assert areas.level(code) is None


def test_old_and_new_codes_of_taoyuan_are_one_city():
    assert areas.from_twss("1000300000") is areas.from_twss("6800000000") is areas.by_name("桃園縣")
    assert areas.from_twss("0902000000").name == "金門縣"
    assert areas.from_twss("1000399999") is None
    assert areas.from_twss("99001") is None


@pytest.mark.parametrize(
    ("text", "code"), [("台北市", "63000"), ("臺東縣", "10014"), (" 台中縣", "66000"), ("望潮縣", "99001")]
)
def test_places_are_found_with_either_tai(text, code):
    assert areas.by_name(text).code == code


def test_codes_equal_the_reference_tables():
    counties = {row["moi_code5"]: row for row in reference("a_admin/tw_counties.csv")}
    for county in areas.COUNTIES:
        row = counties.pop(county.code)
        assert (county.name, county.iso, county.letter, county.twss) == (
            row["name_zh"],
            row["iso3166_2"],
            row["id_letter"],
            row["twss_code10"],
        )
    assert not counties
    for row in reference("a_admin/tw_villages_2026-06.csv"):
        code = next(iter(row.values()))
        assert areas.level(code) == "village"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("黃秀温", "黄秀溫"),
        ("鍾峯", "鐘峰"),
        ("凃小明", "涂小明"),
        ("Kolas Yotaka", "kolas‧yotaka"),
        ("瓦歷斯·諾幹", "瓦歷斯．諾幹"),
        ("Ｋｏｌａｓ", "KOLAS"),
        ("Sūming", "suming"),
        (chr(0x2F945) + "如", "真如"),
        ("王　小明", "王小明"),
        ("葛\U000e0100", "葛"),
    ],
)
def test_names_written_differently_share_a_key(one, other):
    assert names.search_key(one) == names.search_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("余小明", "佘小明"), ("台生", "臺生"), ("王小明", "王大明"), ("范", "範")])
def test_names_of_other_people_keep_other_keys(one, other):
    assert names.search_key(one) != names.search_key(other)


@pytest.mark.parametrize("name", [f"王{PRIVATE_USE}", "林𥕢", "䴉", "󻕯", "𣐤子"])
def test_rare_and_private_characters_survive(name):
    assert names.search_key(name) == name
    assert names.surname_guess(name) in (name[0], None)


def test_every_fold_is_one_step_and_never_touches_the_official_form():
    table = names._table()
    assert not set(table) & set(table.values())
    assert "台" not in table


def test_fold_covers_the_reference_table():
    for row in reference("d_text/name_fold_tw.csv"):
        if row["class"] != "tw_place":
            assert names.search_key(row["char"]) == row["fold_to"]


@given(st.text(max_size=15))
def test_keys_are_stable_and_bigrams_cover_them(text):
    key = names.search_key(text)
    assert names.search_key(key) == key
    assert set("".join(names.bigrams(key))) == set(key)
    assert len(names.bigrams(key)) <= max(len(key) - 1, 1)


@given(st.text(st.characters(categories=["Lo", "Co"]), max_size=10))
def test_characters_without_a_fold_come_out_as_they_went_in(text):
    kept = [c for c in text if c not in names._table() and not unicodedata.decomposition(c)]
    assert names.search_key("".join(kept)) == "".join(kept)


def test_bigrams():
    assert names.bigrams("王小明") == ("王小", "小明")
    assert names.bigrams("明") == ("明",)
    assert names.bigrams("") == ()
    assert names.bigrams("林林林") == ("林林",)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("王小明", "王"),
        ("歐陽修文", "歐陽"),
        ("歐陽", "歐"),
        ("張簡大同", "張簡"),
        ("陳林美玉", "陳"),
        ("林 明", "林"),
        ("明", None),
        ("瓦歷斯·諾幹", None),
        ("Kolas Yotaka", None),
        ("撒韵武荖達英", None),
        ("", None),
        ("澹台明", "澹台"),
        ("鐘離權一", "鐘離"),
    ],
)
def test_guesses_surnames_as_written(name, surname):
    assert names.surname_guess(name) == surname


def test_tells_surnames_apart_that_share_a_key():
    assert names.surnames_differ("鍾小明", "鐘小明")
    assert names.surnames_differ("温小明", "溫小明")
    assert names.surnames_differ("王小明", "李小明")
    assert not names.surnames_differ("王小明", "王大明")
    assert not names.surnames_differ("吴小明", "吳小明")
    assert not names.surnames_differ("Kolas", "王小明")


@given(st.integers(-(10**11), 10**11))
def test_money_reads_back(dollars):
    assert Twd.parse(str(Twd(dollars))) == Twd.parse(str(dollars)) == Twd(dollars)


@pytest.mark.parametrize("text", ["12,345元", "NT$12,345", "新台幣１２３４５元整", " 12345 "])
def test_reads_amounts(text):
    assert Twd.parse(text) == Twd(12345)


@pytest.mark.parametrize("text", ["", "12.5", "1,2,3", "元", "一萬元", "1e5", "9" * 40])
def test_refuses_what_is_no_whole_amount(text):
    with pytest.raises(BadInput, match="12,345元"):
        Twd.parse(text)


@pytest.mark.parametrize("dollars", [1.0, True, "1"])
def test_money_is_whole_numbers_only(dollars):
    with pytest.raises(ValueError, match="whole"):
        Twd(dollars)


def test_adds_shares_and_writes_money():
    assert Twd(100) + Twd(20) - Twd(3) * 2 == Twd(114)
    assert Twd(1001).share(Fraction(7, 10), "down") == Twd(700)
    assert Twd(1001).share(Fraction(1, 2), "half_up") == Twd(501)
    assert (Twd(12345).text(), Twd(-5).text("en")) == ("12,345元", "-NT$5")
    assert Twd(1) < Twd(2)


@pytest.mark.parametrize(
    "before", ["906", "90642 ", "906-012", "(906) ", "〒906", "郵遞區號：906，", "中華民國臺灣省", "906福建省"]
)
def test_an_address_begins_with_its_county(before):
    assert areas.from_county_on(f"{before}望潮縣無此路9001號") == "望潮縣無此路9001號"


@pytest.mark.parametrize("text", ["100巷5號", "906號", "906", "", "臺灣大道9001號", "望潮縣無此路906號"])
def test_a_number_of_the_address_itself_stays(text):
    assert areas.from_county_on(text) == text
