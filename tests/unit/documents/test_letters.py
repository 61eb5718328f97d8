"""A letter holds what its addressee's side may know, and nothing of a client in its envelope or its file."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from anwang.access.states import Circle
from anwang.audit.models import Reading
from anwang.documents import actions, queries
from anwang.documents.models import Paper, PaperBody, PaperWords
from anwang.documents.printing import ODT, PDF, Part, PrintedBy, Sheet, pdf, printed
from anwang.documents.requests import last_day
from anwang.documents.states import Direction, PaperKind, PaperState, Way
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.people import actions as people
from tests.printed import unbroken
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
HIDDEN = "青嵐縣白鷺鎮無名路9173號3樓"
PHONE = "0900-000-777"
VICTIM, OTHER = "游子晴", "盧建彬"
BY = PrintedBy("葉承翰", "家防中心兒保組", "115年3月8日　09:00", "個案服務")


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NIGHT + timedelta(hours=10))
    return build_world()


def a_case(world: World) -> Matter:
    """A report held by 簡伯勳 with a victim in hiding, the other party, and a child of neither side."""
    by = world.viewer("screener")
    matter = matters.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=NIGHT, event="report.received",
        facts={"kind": "intimate_violence", "known_at": NIGHT, "received_at": NIGHT}, by=by,
    )  # fmt: skip
    by, now = world.viewer("worker"), clock.now()
    victim = people.add_person(name=VICTIM, file_id=matter.id, circle=Circle.VICTIM, by=by, at=now)
    people.add_person(name=OTHER, file_id=matter.id, circle=Circle.OTHER, by=by, at=now)
    people.add_safety_address(person_id=victim.id, text=HIDDEN, ask_whom="家防中心值班台", by=by, at=now)
    people.add_contact_point(person_id=victim.id, kind="mobile", value=PHONE, by=by, at=now)
    return matter


def a_letter(world: World, circle: Circle = Circle.VICTIM, reason: str = "被害人現居貴轄，需就近服務。") -> Paper:
    matter = a_case(world)
    return actions.write_letter(
        kind=PaperKind.TRANSFER, matter_id=matter.id, to_unit_id=world.units["protection2"], circle=circle,
        reason=reason, by=world.viewer("worker"), at=clock.now(),
    )  # fmt: skip


def text_of(form: str, body: bytes) -> str:
    """Everything that can be read out of the file: all its parts, and for PDF its text."""
    if form == ODT:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return unbroken(body) + body.decode("latin-1")


FORMS = (ODT, PDF)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("circle", "named", "unnamed"), [
    (Circle.VICTIM, VICTIM, OTHER), (Circle.OTHER, OTHER, VICTIM), (Circle.NEUTRAL, "", VICTIM),
])  # fmt: skip
def test_names_only_the_addressees_side(world: World, form: str, circle: Circle, named: str, unnamed: str) -> None:
    paper = a_letter(world, circle, reason="請接續服務。")
    file = actions.print_paper(paper_id=paper.id, form=form, by=world.viewer("worker"))
    found = text_of(form, file.body)
    assert named in found
    assert unnamed not in found
    assert HIDDEN not in found
    assert "無名路" not in found
    assert PHONE not in found
    assert not {VICTIM, OTHER} & set(re.split(r"[-.]", file.name))


@pytest.mark.parametrize("text", [f"她住{HIDDEN}", "請到無名路９１７３號", "無名路 9173號找她", f"通知{OTHER}到場"])
def test_refuses_words_that_betray_a_place_or_the_other_side(world: World, text: str) -> None:
    with pytest.raises(BadInput):
        a_letter(world, reason=text)
    assert not Paper.objects.exists()


def test_prints_who_when_and_page_and_leaves_a_trace(world: World) -> None:
    paper = a_letter(world)
    by = world.viewer("worker")
    file = actions.print_paper(paper_id=paper.id, form=PDF, by=by)
    found = text_of(PDF, file.body)
    assert "列印人簡伯勳（家防中心兒保組）" in found
    assert "第1頁／共1頁" in found
    reading = Reading.objects.get(what="print.paper.pdf")
    assert (reading.file_id, reading.by_worker_id) == (paper.matter_id, by.worker_id)


@pytest.mark.parametrize("key", ["clerk", "adult_worker", "chief", "administrator", "ngo_worker"])
def test_is_not_printed_by_whoever_may_not_read_the_case(world: World, key: str) -> None:
    paper = a_letter(world)
    by = world.viewer(key)
    assert not PaperWords.objects.exists()
    with pytest.raises(NotFound):
        actions.print_paper(paper_id=paper.id, form=ODT, by=by)
    assert not Reading.objects.filter(what__startswith="print").exists()


def test_goes_from_draft_to_number_to_sent_and_stays_sent(world: World) -> None:
    paper = a_letter(world)
    by = world.viewer("clerk")
    with pytest.raises(Refused):
        actions.send_paper(paper_id=paper.id, way=Way.ELECTRONIC, by=by, at=clock.now())
    actions.number_letter(
        paper_id=paper.id, number="望社字第1150001號", dated_on=date(2026, 3, 8), by=by, at=clock.now()
    )
    sent = actions.send_paper(paper_id=paper.id, way=Way.ELECTRONIC, by=by, at=clock.now())
    assert sent.state == PaperState.SENT
    with pytest.raises(Refused):
        actions.void_paper(paper_id=paper.id, by=by, at=clock.now())


def test_shows_a_clerk_the_envelope_and_the_worker_the_subject(world: World) -> None:
    paper = a_letter(world)
    seen = queries.paper(world.viewer("clerk"), paper.id)
    assert (seen.other, seen.subject) == ("青嵐縣家防中心", "")
    assert "移轄" in queries.paper(world.viewer("worker"), paper.id).subject
    with pytest.raises(NotFound):
        queries.paper(world.viewer("welfare_worker"), paper.id)


def received(world: World, key: str = "clerk", **changes: object) -> Paper:
    given = {
        "direction": Direction.IN, "kind": PaperKind.REPLY, "number": "青社字第1150009號", "dated_on": date(2026, 3, 7),
        "subject": "復貴機關函", "other_unit_id": world.units["protection2"], "at": clock.now(), **changes,
    }  # fmt: skip
    return actions.register_paper(by=world.viewer(key), **given)  # type: ignore[arg-type]


def test_joins_an_answer_to_its_question_and_a_paper_to_its_matter(world: World) -> None:
    sent = received(world, direction=Direction.OUT, number="望社字第1150002號", answer_due_on=date(2026, 3, 20))
    assert [line.number for line in queries.register(world.viewer("clerk"), waiting=True).lines] == [sent.number]
    received(world, answers_id=sent.id)
    assert queries.register(world.viewer("clerk"), waiting=True).lines == ()
    matter = a_case(world)
    assert received(world, matter_number=matter.number.lower()).matter_id == matter.id


@pytest.mark.parametrize(("key", "changes"), [
    ("ngo_worker", {}), ("chief", {}), ("administrator", {}), ("clerk", {"number": " "}), ("clerk", {"subject": ""}),
    ("clerk", {"other_unit_id": None}), ("clerk", {"dated_on": date(2027, 1, 1)}), ("clerk", {"matter_number": "C999"}),
])  # fmt: skip
def test_refuses_what_is_not_whole_and_whoever_keeps_no_register(
    world: World, key: str, changes: dict[str, object]
) -> None:
    with pytest.raises((Refused, BadInput)):
        received(world, key, **changes)
    assert not Paper.objects.exists()


def test_keeps_an_attachment_byte_for_byte_and_sealed(world: World) -> None:
    paper, body = received(world), bytes(range(256)) * 8
    kept = actions.attach(
        paper_id=paper.id, name="掃描.pdf", media_type="application/pdf", body=body, by=world.viewer("clerk"),
        at=clock.now(),
    )  # fmt: skip
    row = PaperBody.objects.get(id=kept.id)
    assert body not in bytes(row.sealed)
    assert queries.body(world.viewer("clerk"), kept.id).body == body


def a_sheet(text: str) -> Sheet:
    return Sheet("測試", "測試", "望潮縣政府", "密", parts=(Part("說明", paragraphs=(text,)),))


def test_never_prints_a_box_for_a_letter_without_a_font() -> None:
    with pytest.raises(pdf.NoGlyph, match="U\\+F0123"):
        printed(a_sheet("姓\U000f0123"), PDF, BY)
    assert "\U000f0123" in text_of(ODT, printed(a_sheet("姓\U000f0123"), ODT, BY).body)


def test_reads_nothing_typed_as_markup() -> None:
    typed = '#import "@preview/x:1.0.0" *強* $x$ <b>&amp; \\ @a #read("/etc/passwd")'
    assert re.sub(r"\s", "", typed) in text_of(PDF, printed(a_sheet(typed), PDF, BY).body)


def test_says_its_language_and_only_the_unit_as_author() -> None:
    body = printed(a_sheet("內容"), PDF, BY).body
    told = PdfReader(io.BytesIO(body))
    assert told.metadata is not None
    assert told.metadata.author == "望潮縣政府"
    assert told.root_object["/MarkInfo"]["/Marked"]
    assert re.search(rb"/Lang ?\(zh-(Hant-)?TW\)", body)
    with zipfile.ZipFile(io.BytesIO(printed(a_sheet("內容"), ODT, BY).body)) as packed:
        meta = packed.read("meta.xml").decode()
    assert "<dc:creator>望潮縣政府</dc:creator>" in meta
    assert BY.who not in meta


def test_refuses_in_plain_sql_to_change_words_or_forget_a_number(world: World) -> None:
    from django.db import DatabaseError, connection, transaction

    paper = a_letter(world)
    world.viewer("worker")
    for statement in (
        "UPDATE documents_paperwords SET subject = 'x'", "DELETE FROM documents_paper",
        "UPDATE documents_paper SET circle = 'other'", "UPDATE documents_paper SET state = 'sent'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert isinstance(paper.id, UUID)


def test_asks_for_the_answer_within_the_day_that_ends_with_the_term() -> None:
    midnight = datetime(2026, 4, 25, tzinfo=clock.TAIPEI)
    assert last_day(midnight) == date(2026, 4, 24)
    assert last_day(midnight + timedelta(hours=15)) == date(2026, 4, 25)
