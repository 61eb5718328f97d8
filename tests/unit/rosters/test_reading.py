"""Reading: whatever table was written in any of the encodings, separators and forms reads back the same."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang import rulebook
from anwang.foundation.errors import BadInput
from anwang.rosters.reading import big5
from anwang.rosters.reading.files import MOST_ROWS
from anwang.rosters.reading.ods import read_ods
from anwang.rosters.reading.text import read_text
from tests.unit.rosters import tables

AT = datetime(2026, 4, 1, tzinfo=UTC)
NOT_IN_BIG5 = st.characters(min_codepoint=0x20, blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))
PLAIN = "王小明碁、，；\"',;\t\n 1234ABC０"
IN_BIG5 = st.one_of(st.sampled_from(PLAIN), st.sampled_from(sorted(tables.PRIVATE_LETTERS)))
SEPARATORS = st.sampled_from([",", "\t", ";"])


def some_tables(letters):
    """A head of plain words, then rows of the same width, none of them empty."""
    width = st.integers(2, 6)
    return width.flatmap(
        lambda n: st.lists(
            st.lists(st.text(letters, max_size=12), min_size=n, max_size=n).filter(
                lambda cells: any(cell.strip() for cell in cells)
            ),
            max_size=6,
        ).map(lambda rows: [[f"欄{place}" for place in range(n)], *rows])
    )


@settings(max_examples=60, deadline=None)
@given(lines=some_tables(NOT_IN_BIG5), separator=SEPARATORS, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_in_unicode_reads_back_the_same(lines, separator, encoding) -> None:
    read = read_text(tables.encoded(tables.text(lines, separator), encoding), 100)
    assert [list(line.cells) for line in read.lines] == lines


@settings(max_examples=60, deadline=None)
@given(lines=some_tables(IN_BIG5), separator=SEPARATORS)
def test_text_in_big5_reads_back_the_same_with_private_letters(lines, separator) -> None:
    body = tables.encoded("序號姓名" + tables.text(lines, separator), "big5")
    read = read_text(body, 100)
    assert read.encoding == "big5"
    lines[0][0] = "序號姓名" + lines[0][0]
    assert [list(line.cells) for line in read.lines] == lines


@settings(max_examples=60, deadline=None)
@given(lines=some_tables(st.characters(min_codepoint=0x20, blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp", "Zs"))))
def test_a_spreadsheet_reads_back_the_same(lines) -> None:
    read = read_ods(tables.ods(lines), 100)
    wide = [list(line.cells) + [""] * (len(lines[0]) - len(line.cells)) for line in read.lines]
    assert wide == lines


def test_every_private_letter_of_big5_has_one_code() -> None:
    assert len(big5.PRIVATE) == 0xF848 - 0xE000 + 1
    assert big5.PRIVATE[b"\xfa\x40"] == "\ue000"
    assert big5.PRIVATE[b"\x8e\x40"] == "\ue311"
    assert big5.PRIVATE[b"\x81\x40"] == "\ueeb8"
    assert big5.PRIVATE[b"\xc8\xfe"] == "\uf848"


@pytest.mark.parametrize("body", [b"\xff\xff\xff", "名冊".encode("utf-16")[:-1], b'a,"b\n', b"a,b\0c\n", b"\x81"])
def test_names_what_is_no_text(body) -> None:
    with pytest.raises(BadInput):
        read_text(body, 100)


def test_marks_a_formula_and_takes_no_value_from_it() -> None:
    read = read_ods(tables.ods([["姓名", "出生日期"], ["王小", "1"]], formulas={(1, 1): "of:=NOW()"}), 100)
    assert read.lines[1].formulas == {1}


@pytest.mark.parametrize(
    "before",
    ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">', '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1/">]>'],
)  # fmt: skip
def test_refuses_entities(before) -> None:
    with pytest.raises(BadInput):
        read_ods(tables.ods([["姓名"], ["王小"]], before=before), 100)


def test_refuses_what_swells() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("content.xml", "w") as inside:
        for _part in range(90):
            inside.write(b" " * 1024 * 1024)
    assert len(kept.getvalue()) < 200_000
    with pytest.raises(BadInput):
        read_ods(kept.getvalue(), 100)


def test_refuses_what_says_it_is_small_and_swells() -> None:
    body = bytearray(tables.zipped({"content.xml": " " * 90 * 1024 * 1024}))
    directory = body.rindex(b"PK\x01\x02")
    body[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    with pytest.raises(BadInput):
        read_ods(bytes(body), 100)


BROKEN = [b"PK\x03\x04broken", tables.zipped({"a.txt": "b"}), tables.zipped({"content.xml": "<a"})]


@pytest.mark.parametrize("body", BROKEN)
def test_names_what_is_no_spreadsheet(body) -> None:
    with pytest.raises(BadInput):
        read_ods(body, 100)


def test_a_row_repeated_a_million_times_is_refused_and_a_blank_one_is_not() -> None:
    row, many = "<table:table-row>", '<table:table-row table:number-rows-repeated="1048574">'
    blank = tables.content([["姓名"], ["王小"], [""]]).rpartition(row)
    assert len(read_ods(tables.zipped({"content.xml": many.join((blank[0], blank[2]))}), MOST_ROWS).lines) == 2
    filled = tables.content([["姓名"], ["王小"]]).rpartition(row)
    with pytest.raises(BadInput):
        read_ods(tables.zipped({"content.xml": many.join((filled[0], filled[2]))}), MOST_ROWS)


def test_refuses_a_second_sheet_with_something_on_it() -> None:
    plain, end = tables.content([["姓名"], ["王小"]]), "</office:spreadsheet>"
    sheet = plain[plain.index("<table:table ") : plain.index(end)]
    with pytest.raises(BadInput):
        read_ods(tables.zipped({"content.xml": plain.replace(end, sheet + end)}), 100)


def test_the_rules_know_the_day() -> None:
    assert rulebook.book().codelist("roster.kind").on(AT.date())["moved"].marks["oldest"] == 6
