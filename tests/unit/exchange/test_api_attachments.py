"""Files added to a report by the system that sent it: what they say they are, passive, once, for the same eyes."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.audit.models import Act
from anwang.exchange.api.attachments import LARGEST
from anwang.foundation import clock
from anwang.intake.actions import supplementing
from anwang.intake.models import OriginalBody, Report, ReportOriginal, ReportSupplement
from anwang.matters.models import Matter
from tests.unit.exchange.callers import Caller, caller, in_two_counties, report
from tests.unit.exchange.test_api_reports import kind_of
from tests.unit.exchange.test_api_supplements import dispatched, sent
from tests.world import World, build_world

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"


def pdf(inside: bytes = b"<< /Type /Catalog /OpenAction [3 0 R /Fit] >>") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + inside + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def packed(inside: bytes) -> bytes:
    return pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n" + zlib.compress(inside) + b"\nendstream")


FILES = {
    PDF: pdf(), JPEG: b"\xff\xd8\xff\xe0photo\xff\xd9" + b"trailer of a telephone",
    PNG: b"\x89PNG\r\n\x1a\n" + bytes(8) + b"IEND\xaeB`\x82", TIFF: b"II*\0fax",
}  # fmt: skip


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at("2026-05-20T09:00+08:00")
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def add(one: Caller, number: str, body: bytes = FILES[PDF], media: str = PDF, key: str = "") -> Any:
    headers = {"Content-Type": media} | ({"Idempotency-Key": key} if key else {})
    return one.ask("POST", f"/api/v1/reports/{number}/attachments", body, **headers)


@pytest.mark.parametrize("media", FILES)
def test_is_kept_with_the_report_as_the_front_desk_keeps_papers(world: World, hospital: Caller, media: str) -> None:
    number, body = sent(hospital), FILES[media]
    answer = add(hospital, number, body, media)
    told = answer.json()
    assert answer.status_code == 201, answer.content
    assert (told["sha256"], told["size"], told["media_type"]) == (hashlib.sha256(body).hexdigest(), len(body), media)
    world.viewer("screener")
    kept = ReportOriginal.objects.get(media_type=media)
    assert (kept.sha256, kept.size) == (told["sha256"], told["size"])
    assert OriginalBody.objects.filter(original=kept).exists()
    assert media in ReportSupplement.objects.get().text
    assert Act.objects.get(verb="report.noted").by_service == "api:hospital"
    client = Client()
    client.force_login(Account.objects.get(username="screener"))
    assert told["sha256"][:12] in client.get(f"/reports/{number}").text
    path = f"/reports/{number}/originals/{kept.id}"
    given = client.post(path)
    assert (given.content, given["Content-Type"]) == (body, "application/octet-stream")


def test_is_one_however_often_it_is_sent(world: World, hospital: Caller, at: Callable[..., clock.FrozenClock]) -> None:
    number = sent(hospital)
    first = add(hospital, number)
    at("2026-05-20T09:30+08:00")
    again, keyed = add(hospital, number), add(hospital, number, key="A-1")
    assert (first.status_code, again.status_code, keyed.status_code) == (201, 200, 200)
    assert first.json() == again.json() == keyed.json()
    assert add(hospital, number, FILES[PNG], PNG, "A-1").status_code == 409
    assert add(hospital, number, FILES[PNG], PNG, "A-2").status_code == 201
    world.viewer("screener")
    assert ReportOriginal.objects.exclude(media_type="application/json").count() == 2


def test_comes_before_a_screener_anew_where_the_report_was_decided(world: World, hospital: Caller) -> None:
    number = sent(hospital)
    before = add(hospital, number).json()
    dispatched(world)
    answer = add(hospital, number, FILES[PNG], PNG)
    assert (answer.status_code, set(answer.json())) == (201, set(before)), "nobody learns that it was decided"
    world.viewer("screener")
    anew = Report.objects.exclude(id=Matter.objects.get(number=number).id).get()
    assert anew.narrative.startswith(f"補充通報{number}：補來附件一個")
    assert ReportOriginal.objects.get(report=anew).media_type == PNG


ACTIVE = {
    "a script": pdf(b"<< /S /JavaScript /JS (app.alert) >>"),
    "a script spelt otherwise": pdf(b"<< /S /J#61vaScript /JS (app.alert) >>"),
    "a program": pdf(b"<< /S /Launch /F (cmd.exe) >>"),
    "a file inside": pdf(b"<< /Names << /EmbeddedFiles 5 0 R >> >>"),
    "a form that sends": pdf(b"<< /AcroForm << /XFA 7 0 R >> >>"),
    "a script that is packed": packed(b"1 0 << /S/JavaScript/JS(x) >>"),
    "a script packed behind many words": pdf(
        b"<< /Type /ObjStm /Note ("
        + b"x" * 5000
        + b") /Filter /FlateDecode >>stream\n"
        + zlib.compress(b"<< /S /JavaScript >>")
        + b"endstream"
    ),
    "a lock": pdf(b"<< /Encrypt 9 0 R >>"),
    "a pack that cannot be opened": pdf(b"<</Type/ObjStm/Filter/FlateDecode>>stream\n\0\0\0endstream"),
    "a pack that swells": packed(bytes(40 * 1024 * 1024)),
}


@pytest.mark.parametrize("body", ACTIVE.values(), ids=ACTIVE)
def test_refuses_what_would_act_when_it_is_opened(world: World, hospital: Caller, body: bytes) -> None:
    number = sent(hospital)
    answer = add(hospital, number, body)
    assert (answer.status_code, kind_of(answer)) == (422, "invalid")
    assert answer.json()["errors"][0]["detail"].endswith("再送。")
    world.viewer("screener")
    assert ReportOriginal.objects.count() == 1


def test_takes_what_is_packed_and_passive(hospital: Caller) -> None:
    assert add(hospital, sent(hospital), packed(b"1 0 << /Type /Page >>")).status_code == 201


@pytest.mark.parametrize(
    ("body", "media", "status"),
    [
        (b"<html><script>alert(1)</script>", PDF, 422), (b"MZ\x90\0", PNG, 422), (b"PK\3\4", PDF, 422),
        (FILES[JPEG] + b"<script>", JPEG, 422), (b"%PDF-1.7 torn", PDF, 422), (FILES[PNG], PDF, 415),
        (FILES[PDF], "text/html", 415), (FILES[PDF], "application/octet-stream", 415), (FILES[PDF], "", 415),
        (FILES[PDF] + bytes(LARGEST), PDF, 413),
    ],
)  # fmt: skip
def test_refuses_what_is_not_what_it_says(hospital: Caller, body: bytes, media: str, status: int) -> None:
    assert add(hospital, sent(hospital), body, media).status_code == status


def test_takes_no_more_than_somebody_can_look_at(
    world: World, hospital: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supplementing, "MOST_ATTACHED", 2)
    number = sent(hospital)
    tried = [add(hospital, number, FILES[TIFF] + bytes([n]), TIFF).status_code for n in range(3)]
    assert tried == [201, 201, 409]


@pytest.mark.parametrize("asked", ["T115-0000-0000", "x"])
def test_knows_nobody_elses_report(world: World, hospital: Caller, asked: str) -> None:
    theirs = sent(hospital)
    school = caller(world.viewer("administrator"), "school")
    answers = [add(school, number) for number in (theirs, asked)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_knows_it_in_its_own_county_alone(world: World) -> None:
    here, there = in_two_counties(world.viewer("administrator"))
    number = str(here.send(report()).json()["number"])
    assert (add(there, number).status_code, add(here, number).status_code) == (404, 201)


def test_asks_for_the_scope(world: World) -> None:
    reader = caller(world.viewer("administrator"), "reader", ("reports:read",))
    assert kind_of(add(reader, "T115-0000-0000")) == "scope-missing"
    assert kind_of(reader.ask("GET", "/api/v1/reports/T115-0000-0000/attachments")) == "wrong-method"


def test_is_described_as_it_answers(hospital: Caller) -> None:
    document = json.loads(hospital.client.get("/api/openapi.json").content)
    act = document["paths"]["/api/v1/reports/{number}/attachments"]["post"]
    assert (act["x-scope"], set(act["requestBody"]["content"])) == ("reports:write", set(FILES))
    told = add(hospital, sent(hospital)).json()
    assert set(told) == set(document["components"]["schemas"]["AttachmentReceipt"]["required"])
