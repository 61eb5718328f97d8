"""A clerk restyles a sheet: what she brings is looked through, tried, used; no word is lost, nothing acts."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from anwang.documents import actions, queries
from anwang.documents.looks import BY, blank, example
from anwang.documents.models import Paper, Printing
from anwang.documents.printing import ODT, PDF, Part, Sheet, design, printed
from anwang.documents.printing.checking import look_through
from anwang.documents.states import SheetKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from tests.unit.documents.test_letters import FORMS, HIDDEN, NIGHT, OTHER, PHONE, VICTIM, a_case, text_of
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NIGHT)
    return build_world()


def restyled(*changes: tuple[str, str], part: str = "content.xml", more: dict[str, bytes] | None = None) -> bytes:
    """The template of the product with words of one of its parts changed, as an office program would write it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank())) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == part:
                text = body.decode()
                for before, after in changes:
                    assert before in text, before
                    text = text.replace(before, after)
                body = text.encode()
            new.writestr(name, body)
        for name, body in (more or {}).items():
            new.writestr(name, body)
    return kept.getvalue()


LETTERHEAD = (
    "{{信頭}}",
    "".join(
        (
            '望潮縣政府社會局</text:p><text:p text:style-name="安網內文">案號{{信頭：案號}}</text:p>',
            '<text:p text:style-name="安網信頭">{{信頭}}',
        )
    ),
)
REORDERED = ("{{內容}}", '{{內容：誰做什麼}}</text:p><text:p text:style-name="安網內文">{{內容}}')


def test_the_products_own_template_is_whole() -> None:
    assert look_through(blank()) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_restyled_sheet_keeps_everything_and_adds_the_letterhead(form: str) -> None:
    body = restyled(LETTERHEAD, REORDERED)
    assert look_through(body) == []
    found = text_of(form, printed(example("plan"), form, BY, body).body)
    plain = re.sub(r"\s", "", re.sub(r"<[^>]*>", "", found))
    for words in ("望潮縣政府社會局", "案號C115-0000-0000", "家庭服務計畫（範例）", "早上叫孩子起床",
                  "孩子每天準時上學", "正本：範例收文單位", "承辦人：", "列印人範例人員"):  # fmt: skip
        assert words in plain, words
    assert plain.index("早上叫孩子起床") < plain.index("孩子每天準時上學")
    assert plain.count("早上叫孩子起床") == 1


def test_pdf_takes_its_look_from_the_styles_of_the_template() -> None:
    body = restyled(('fo:font-size="18pt"', 'fo:font-size="24pt" fo:color="#123456"'), part="styles.xml")
    look = design.read(body).styles["安網標題"]
    assert (round(look["size"]), look["colour"]) == (24, "#123456")
    assert design.read(blank()).styles["安網標題"]["align"] == "center"


def test_headings_of_an_odt_are_in_their_named_styles() -> None:
    with zipfile.ZipFile(io.BytesIO(printed(example("visit"), ODT, BY).body)) as packed:
        content = packed.read("content.xml").decode()
    assert re.search(r'<text:h [^>]*text:style-name="安網標題"', content)
    assert re.search(r'<text:h [^>]*text:style-name="安網段名"', content)


@pytest.mark.parametrize(("body", "said"), [
    (b"not a zip", "不是ODT"),
    (restyled(("{{簽名}}", "")), "少了欄位：{{簽名}}"),
    (restyled(("{{標題}}", "{{標題}}{{姓名}}")), "不認得欄位{{姓名}}"),
    (restyled(("{{內容}}", "以下{{內容}}")), "要單獨一段"),
    (restyled(("{{標題}}", "{{標<text:span>題}}</text:span>")), "切開"),
    (restyled(("{{標題}}", "{{標題}}{{密等")), "沒有寫完"),
    (restyled(("安網內文", "自訂內文"), part="styles.xml"), "樣式不見了"),
    (restyled(more={"Basic/Standard/Module1.xml": b"<x/>"}), "用不到的東西"),
    (restyled(more={"Object 1/content.xml": b"<x/>"}), "用不到的東西"),
    (restyled(("<office:text>", '<office:text><text:a xlink:href="https://example.invalid/">x</text:a>')), "外面"),
    (restyled(("<office:text>", "<office:text><office:annotation/>")), "註解"),
    (restyled(("<?xml", '<!DOCTYPE a [<!ENTITY b "c">]><?xml')), "不安全"),
    (b"x" * (2 * 1024 * 1024 + 1), "2MB"),
], ids=["no zip", "lost field", "unknown field", "block in a sentence", "cut field", "open field", "lost style",
        "macro", "object", "link", "comment", "entity", "too big"])  # fmt: skip
def test_refuses_what_acts_hides_reaches_out_or_loses_words(body: bytes, said: str) -> None:
    stops = " ".join(one.words for one in look_through(body) if one.stops)
    assert said in stops


def test_is_tried_then_used_by_the_unit_and_those_below_it(world: World) -> None:
    matter = a_case(world)
    by = world.viewer("clerk")  # of the bureau, above the unit
    made = actions.bring_template(kind="visit", name="新樣式", body=restyled(LETTERHEAD), by=by)
    assert queries.template_for(world.viewer("worker"), "visit") is None
    world.viewer("clerk")
    assert queries.tried(by, made.id, "png").startswith(b"\x89PNG")
    assert queries.tried(by, made.id, PDF).startswith(b"%PDF")
    actions.use_template(template_id=made.id, by=by)
    sheet = Sheet("訪視紀錄", "訪視紀錄", "家防中心", "密", envelope=(("案號", matter.number),), signatures=("督導",))
    by = world.viewer("worker")
    file = actions.print_sheet(sheet=sheet, form=ODT, file_id=matter.id, what="visit", by=by, to="本案團隊")
    assert "望潮縣政府社會局" in text_of(ODT, file.body)
    trace = Printing.objects.get()
    assert (trace.template_id, trace.to, trace.what, trace.file_id) == (made.id, "本案團隊", "visit", matter.id)
    assert [one.title for one in queries.printings(by, file_id=matter.id)] == ["訪視紀錄"]
    with pytest.raises(Refused):
        actions.bring_template(kind="visit", name="", body=blank(), by=by)
    with pytest.raises(NotFound):
        actions.use_template(template_id=made.id, by=world.viewer("welfare_supervisor"))


def test_one_template_of_a_kind_is_in_use(world: World) -> None:
    by = world.viewer("clerk")
    first, second = (actions.bring_template(kind="plan", name=one, body=blank(), by=by) for one in "甲乙")
    actions.use_template(template_id=first.id, by=by)
    actions.use_template(template_id=second.id, by=by)
    first.refresh_from_db()
    assert first.state == "ended"
    with pytest.raises(IntegrityError), transaction.atomic():
        type(first).objects.filter(id=first.id).update(state="used")
    actions.end_template(template_id=second.id, by=by)
    assert queries.template_for(by, "plan") is None


@pytest.mark.parametrize("kind", SheetKind.values)
@pytest.mark.parametrize("form", FORMS)
def test_no_kind_of_sheet_prints_a_hiding_place_in_any_look(world: World, kind: str, form: str) -> None:
    """The canary: whoever composes a sheet wrongly is stopped, and a template has no way to ask for more."""
    matter = a_case(world)
    clerk = world.viewer("clerk")
    made = actions.bring_template(kind=kind, name="", body=restyled(LETTERHEAD), by=clerk)
    actions.use_template(template_id=made.id, by=clerk)
    by = world.viewer("worker")
    leaking = Sheet("x", "x", "家防中心", "密", parts=(Part("地點", paragraphs=(f"她在{HIDDEN}",)),))
    with pytest.raises(BadInput):
        actions.print_sheet(sheet=leaking, form=form, file_id=matter.id, what=kind, by=by)
    clean = Sheet("x", "x", "家防中心", "密", envelope=(("案號", matter.number),), signatures=("督導",))
    found = text_of(form, actions.print_sheet(sheet=clean, form=form, file_id=matter.id, what=kind, by=by).body)
    assert not [one for one in (HIDDEN, "無名路", PHONE, VICTIM, OTHER) if one in found]


def test_a_sheet_is_filed_under_a_number_as_it_was(world: World) -> None:
    matter = a_case(world)
    by = world.viewer("worker")
    sheet = Sheet("家庭服務計畫", "x", "家防中心", "密", envelope=(("受文者", "x"), ("案號", matter.number)),
                  parts=(Part("目標", paragraphs=("準時上學",)), Part("誰", table=(("做什麼",), ("接送",)))),
                  signatures=("承辦人",))  # fmt: skip
    paper = actions.file_sheet(
        sheet=sheet, what="plan", matter_id=matter.id, to="望潮縣少年法院", by=by, at=clock.now()
    )
    clerk = world.viewer("clerk")
    actions.number_letter(
        paper_id=paper.id, number="望社字第1150000009號", dated_on=clock.today(), by=clerk, at=clock.now()
    )
    by = world.viewer("worker")
    found = text_of(ODT, actions.print_paper(paper_id=paper.id, form=ODT, by=by).body)
    for words in ("望社字第1150000009號", "受文者：望潮縣少年法院", "準時上學", "接送", "家庭服務計畫"):
        assert words in found
    assert Printing.objects.get().paper_id == paper.id
    world.viewer("clerk")
    assert Paper.objects.get(id=paper.id).kind == "enclosed"
    named = Sheet("x", "x", "家防中心", "密", parts=(Part("", paragraphs=(f"{OTHER}說",)),))
    with pytest.raises(BadInput, match="另一側"):
        actions.file_sheet(sheet=named, what="plan", matter_id=matter.id, to="她", by=world.viewer("worker"),
                           at=clock.now(), circle="victim")  # fmt: skip
