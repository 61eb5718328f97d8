import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import business_number, national_id, phone
from anwang.foundation.national_id import IdCheck, check, make_test_id

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
made = st.builds(make_test_id, st.sampled_from(LETTERS), st.sampled_from("1289"), st.integers(0, 999))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("A123456789", "national_id"),
        ("A223456781", "national_id"),
        ("F131425499", "national_id"),
        ("R123456783", "national_id"),
        ("U193683453", "national_id"),
        ("B142610160", "national_id"),
        ("A800000014", "resident_new"),
        ("F900700007", "resident_new"),
        ("H800900007", "resident_new"),
        ("AC01234567", "resident_old"),
        ("FA12345670", "resident_old"),
        ("AB12345677", "resident_old"),
    ],
)
def test_accepts_published_examples(number, kind):
    assert (check(number).kind, check(number).valid) == (kind, True)


@pytest.mark.parametrize("number", ["A123456780", "A923456789", "AD12345678"])
def test_refuses_published_counterexamples(number):
    assert check(number).kind
    assert not check(number).valid


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a123456789",
        "A323456789",
        "AE12345678",
        "A12345678",
        "A1234567890",
        "Ａ１２３４５６７８９",
        "A12345678²",
    ],
)
def test_what_looks_like_no_number_has_no_kind(text):
    assert check(text) == IdCheck(None, False, None)


@pytest.mark.parametrize(
    ("number", "sex"),
    [
        ("A123456789", "male"),
        ("A223456781", "female"),
        ("A800000014", "male"),
        ("F900700007", "female"),
        ("AC01234567", "male"),
        ("AB12345677", "female"),
    ],
)
def test_tells_the_sex_it_was_issued_with(number, sex):
    assert check(number).sex == sex


def test_normalises_what_was_typed():
    assert national_id.normalise("　ａ１２３ 456-789 ") == "A123456789"


@given(made)
def test_made_numbers_are_valid_and_in_the_test_range(number):
    assert check(number).valid
    assert national_id.test_range(number)
    assert national_id.normalise(number.lower()) == number


@pytest.mark.parametrize("letter", "LRSY")
def test_letters_no_longer_issued_stay_valid(letter):
    assert check(make_test_id(letter, 2, 7)).valid


@pytest.mark.parametrize("number", ["A123456789", "A300001234", "A10000123", "AB00001234"])
def test_real_looking_numbers_are_outside_the_test_range(number):
    assert not national_id.test_range(number)


@pytest.mark.parametrize(
    ("letter", "digit", "serial"),
    [("a", 1, 0), ("A", 3, 0), ("A", "12", 0), ("A", "", 0), ("A", 1, 1000), ("A", 1, -1)],
)
def test_refuses_to_make_numbers_outside_the_test_range(letter, digit, serial):
    with pytest.raises(ValueError, match="A-Z, 1 2 8 or 9"):
        make_test_id(letter, digit, serial)


@given(made, st.data())
def test_finds_wrong_digits_where_the_weight_is_coprime_to_ten(number, data):
    """The weights 7, 3 and 1 find every wrong digit; 8, 6, 5, 4 and 2 miss some."""
    at = data.draw(st.sampled_from([2, 6, 8, 9]))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert not check(number[:at] + other + number[at + 1 :]).valid


def test_misses_about_one_wrong_digit_in_ten():
    numbers = [make_test_id(letter, 1, serial) for letter in LETTERS for serial in range(0, 999, 97)]
    changed = [n[:i] + d + n[i + 1 :] for n in numbers for i in range(2, 10) for d in set("0123456789") - {n[i]}]
    missed = sum(check(number).valid for number in changed) / len(changed)
    assert 0.05 < missed < 0.15


@pytest.mark.parametrize("number", ["04595257", "89889692", "10458570", "10458574", "10458575", "22099131"])
def test_accepts_business_numbers_of_the_rule_of_2023(number):
    assert business_number.is_valid(number)


@pytest.mark.parametrize("number", ["", "0459525", "04595253", "1045857A", "１０４５８５７０", "045952570"])
def test_refuses_other_business_numbers(number):
    assert not business_number.is_valid(number)


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        ("0912-000-123", "0912000123", "mobile"),
        ("+886 912 000 123", "0912000123", "mobile"),
        ("+886-(0)912-000123", "0912000123", "mobile"),
        ("（０９１２）０００１２３", "0912000123", "mobile"),
        ("00886912000123", "0912000123", "mobile"),
        ("(02)2000-1234", "0220001234", "land"),
        ("049-2000123", "0492000123", "land"),
        ("082-000123", "082000123", "land"),
        ("0836-00012", "083600012", "land"),
        ("(05)000-1234分機305", "050001234#305", "land"),
        ("02-2000-1234 ext. 12", "0220001234#12", "land"),
        ("113", "113", "short"),
        ("1925", "1925", "short"),
        ("+84 90 000 0000", "+84900000000", "other"),
        ("不詳", "", "other"),
        ("2000-1234", "20001234", "other"),
    ],
)
def test_phones(typed, number, kind):
    assert (phone.normalise(typed), phone.kind(typed)) == (number, kind)


@given(st.text(max_size=30))
def test_any_text_is_taken_and_normalising_twice_changes_nothing(text):
    once = phone.normalise(text)
    assert phone.normalise(once) == once
