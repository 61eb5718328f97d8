"""Files as offices send them: the words of each form, and a sentence for what holds none."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
import typst
import yaml

from anwang.documents.printing import fonts
from anwang.foundation.errors import BadInput
from anwang.minutes import commands, files
from anwang.minutes.reading import read

TEXT: str = yaml.safe_load((Path(__file__).parent / "papers" / "ministry_without_names_of_points.yaml").read_text())[
    "text"
]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: dict[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return body.getvalue()


def odt(inside: str, styles: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{one}="{ODF}:{one}:1.0"' for one in ("office", "text", "style", "table"))
    head = f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
    tail = "</office:text></office:body></office:document-content>"
    return zipped({"content.xml": f"{head}<office:body><office:text>{inside}{tail}"})


def docx(inside: str, numbering: str = "") -> bytes:
    parts = {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'}
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    return zipped(parts)


def decided(body: bytes) -> list[tuple[str | None, str]]:
    return [(one.no, one.text) for item in read(files.words_of(body)).items for one in item.decisions]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_reads_text_in_the_encodings_of_offices(encoding: str) -> None:
    assert decided(TEXT.encode(encoding)) == decided(TEXT.encode())


def test_reads_a_pdf_with_its_hard_line_breaks() -> None:
    words = json.dumps(TEXT, ensure_ascii=False)
    source = f'#set text(lang: "zh", region: "TW", font: "Noto Serif TC")\n#set page(width: 13cm)\n#raw({words})'
    compiler = typst.Compiler(font_paths=[str(one) for one in fonts.folders()], ignore_system_fonts=True)
    found, plain = read(files.words_of(bytes(compiler.compile(source.encode(), format="pdf")))), read(TEXT)
    assert (found.number, found.date, found.chair) == (plain.number, plain.date, plain.chair)
    assert [len(one.decisions) for one in found.items] == [len(one.decisions) for one in plain.items]


def test_reads_an_odt_with_the_numbers_its_lists_write() -> None:
    styles = (
        '<text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."'
        ' style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..."'
        ' style:num-prefix="（" style:num-suffix="）"/></text:list-style>'
    )
    inside = (
        "<text:p>某某會議第3次會議紀錄</text:p><text:p>時間：113年5月6日</text:p><text:p>壹、討論案</text:p>"
        "<text:p>案由：增設據點。</text:p><text:p>決議：</text:p>"
        '<text:list text:style-name="L">'
        "<text:list-item><text:p>照案<text:span>通過</text:span>。</text:p></text:list-item>"
        "<text:list-item><text:p>請社會處辦理：</text:p><text:list>"
        "<text:list-item><text:p>選址。</text:p></text:list-item>"
        "<text:list-item><text:p>招標。</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    assert decided(odt(inside, styles)) == [
        ("一", "照案通過。"),
        ("二", "請社會處辦理："),
        ("(一)", "選址。"),
        ("(二)", "招標。"),
    ]


def test_reads_a_docx_with_the_numbers_its_lists_write() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="taiwaneseCountingThousand"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    texts = ["某某會議第3次會議紀錄", "時間：113年5月6日", "壹、討論案", "案由：增設據點。", "決議："]
    inside = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in texts)
    inside += "".join(f"<w:p>{numbered}<w:r><w:t>{one}</w:t></w:r></w:p>" for one in ("照案通過。", "請社會處辦理。"))
    assert decided(docx(inside, numbering)) == [("一", "照案通過。"), ("二", "請社會處辦理。")]


HEAD = ["某某會議第3次會議紀錄", "時間：113年5月6日", "壹、列管案件追蹤"]
ROWS = [
    ["案號", "案由", "主辦單位", "辦理情形", "主席裁示"],
    ["1", "托嬰中心稽查", "社會局", "一、已稽查20家。|二、餘12家於3月底前完成。", "繼續列管。"],
    ["2", "新建社福大樓", "工務局", "已竣工。", "解除列管。"],
]
FORMS = {"odt": odt, "docx": docx}


def in_a_table(form: str, rows: list[list[str]]) -> bytes:
    """The head in paragraphs, the rows as a table; `|` parts the paragraphs of a cell."""
    p, row, cell, table = {
        "odt": ("text:p", "table:table-row", "table:table-cell", "table:table"),
        "docx": ("w:p", "w:tr", "w:tc", "w:tbl"),
    }[form]  # fmt: skip

    def paragraph(words: str) -> str:
        return f"<{p}><w:r><w:t>{words}</w:t></w:r></{p}>" if form == "docx" else f"<{p}>{words}</{p}>"

    def filled(words: str) -> str:
        return f"<{cell}>{''.join(map(paragraph, words.split('|')))}</{cell}>"

    body = "".join(f"<{row}>{''.join(map(filled, cells))}</{row}>" for cells in rows)
    return FORMS[form]("".join(map(paragraph, HEAD)) + f"<{table}>{body}</{table}>")


@pytest.mark.parametrize("form", FORMS)
def test_a_row_of_a_table_of_cases_is_one_point(form: str) -> None:
    found = read(files.words_of(in_a_table(form, ROWS)))
    said = [(one.label, one.title, [(d.text, d.tracking) for d in one.decisions]) for one in found.items]
    assert said == [
        ("1", "托嬰中心稽查", [("繼續列管。", "continued")]),
        ("2", "新建社福大樓", [("解除列管。", "released")]),
    ]
    assert found.items[0].unit == "社會局"
    assert "餘12家於3月底前完成。" in found.items[0].explanation


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_anything_else_is_read_cell_by_cell(form: str) -> None:
    rows = [["案由", "增設據點。|分三年。"], ["決議", "照案通過。"]]
    assert files.words_of(in_a_table(form, rows)).split("\n") == [
        *HEAD,
        "案由",
        "增設據點。",
        "分三年。",
        "決議",
        "照案通過。",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_row_without_the_cells_of_its_head_loses_nothing(form: str) -> None:
    said = files.words_of(in_a_table(form, [*ROWS, ["以上", "共2案"]]))
    assert said.endswith("以上\n共2案")
    assert "| 2 | 新建社福大樓 |" in said


def test_a_paper_nested_without_end_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="打不開"):
        files.words_of(docx("<w:sdt>" * 5000 + "<w:p/>" + "</w:sdt>" * 5000))


BAD = {
    "empty": (b"", "沒有文字"),
    "blank": (b" \n\t", "沒有文字"),
    "binary": (bytes(range(256)) * 4, "編碼"),
    "broken zip": (b"PK\x03\x04" + b"x" * 99, "打不開"),
    "other zip": (zipped({"a.txt": "x"}), "不是ODT"),
    "broken xml": (zipped({"content.xml": "<a><b>"}), "打不開"),
    "with entities": (zipped({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "外部宣告"),
    "broken pdf": (b"%PDF-1.7\nnothing", "打不開"),
}


@pytest.mark.parametrize("name", BAD)
def test_says_what_to_do_with_a_file_that_holds_no_words(name: str) -> None:
    body, words = BAD[name]
    with pytest.raises(BadInput, match=words):
        files.words_of(body)


def test_says_that_a_pdf_is_a_picture() -> None:
    body = typst.Compiler().compile(b"#rect(width: 5cm)", format="pdf")
    with pytest.raises(BadInput, match="掃描"):
        files.words_of(bytes(body))


def test_says_when_a_file_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(BadInput, match="20MB"):
        files.words_of(TEXT.encode())


def test_marks_two_meetings_in_one_file() -> None:
    assert "two_meetings" in [one.why for one in read(f"{TEXT}\n{TEXT}").uncertain]


def test_marks_words_without_any_meeting() -> None:
    assert [one.why for one in read("採買清單\n牛奶、雞蛋").uncertain] == ["no_date", "no_sections"]


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(TEXT)
    assert commands.main(["import", str(path), "--json", "--look"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["number"], said["date"], said["items"][0]["decisions"][0]["units"]) == (2, "2022-03-02", ["法務部"])
    assert commands.main(["import", str(path), "--look"]) == 0
    assert "繼續列管" in capsys.readouterr().out
    assert commands.main(["import", str(tmp_path / "nowhere")]) == 1
    path.write_bytes(b"")
    assert commands.main(["import", str(path)]) == 1
    assert "沒有文字" in capsys.readouterr().err
