"""What strangers send to pages: odd methods, addresses, bodies and names. Never a broken page, nothing half written."""

from __future__ import annotations

import gzip
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from anwang.access.models import Account
from anwang.foundation import clock
from anwang.intake.models import OriginalBody, ReportOriginal
from anwang.matters.models import Duty, Matter
from anwang.people.models import Person
from tests.faults.ground import ROOT
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 8, 0, 10, tzinfo=clock.TAIPEI)
HAN = re.compile("[\u3400-\u9fff]")
FORM = "application/x-www-form-urlencoded"
DOORS = ("/login", "/language", "/report", "/reports/new")
"""A form before log-in, a button, the form for everybody, and a form with files."""
GIVEN = {
    "received_at_day": "115/3/7", "received_at_time": "23:40", "channel": "phone", "narrative": "聽到小孩哭聲。",
    "people": "1", "p0-role": "child", "p0-name": "江語彤",
}  # fmt: skip


@pytest.fixture
def world(at) -> World:
    at(NOW)
    return build_world(night=(NOW - hours(6), NOW + hours(8)))


@pytest.fixture
def client(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get_by_natural_key("night"))
    return client


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Matter, Duty, ReportOriginal, Person))


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the site, with something that is nobody's where it names a record."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + re.sub(r"<(\w+:)?\w+>", _nobody, str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from addresses(pattern, path)


def _nobody(found: re.Match[str]) -> str:
    kind = (found[1] or "str:")[:-1]
    return {"int": "7", "uuid": "01890000-0000-7000-8000-000000000000"}.get(kind, "x")


def test_answers_every_method_at_every_address_without_breaking(client: Client) -> None:
    before, broken = rows(), {}
    every = list(addresses())
    assert len(every) > 60
    for path in every:
        for method in ("DELETE", "BREW"):
            answer = client.generic(method, path, b"x=1", FORM)
            if answer.status_code >= 500 or answer.status_code < 300:
                broken[f"{method} {path}"] = answer.status_code
    assert broken == {}
    assert rows() == before


ADDRESSES = {
    "NUL": "/reports/%00",
    "NUL in what is asked": "/people?q=%00",
    "half a letter": "/reports/%ff%fe",
    "half a letter in what is asked": "/people?q=%ff",
    "up and out": "/static/../../../../etc/passwd",
    "up and out, written otherwise": "/static/%2e%2e/%2e%2e/keys.json",
    "up and out, twice": "/static/%252e%252e/keys.json",
    "backslashes": "/static/..\\..\\keys.json",
    "letters for machines": "/%E2%80%AE/\u202e",
    "very long": "/" + "x" * 3000,
    "a lone surrogate": "/people?q=%ED%A0%80",
}


@pytest.mark.parametrize("path", ADDRESSES.values(), ids=ADDRESSES.keys())
@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_answers_an_odd_address_with_a_sentence(client: Client, path: str, language: str) -> None:
    Account.objects.filter(username="night").update(language=language)
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    page = b"".join(answer) if answer.streaming else answer.content
    assert b"secret_key" not in page
    assert b"root:" not in page
    words = re.sub(r"<[^>]*>", "", page.decode().partition("<main")[2].partition("</main>")[0])
    assert bool(HAN.search(words)) == (language == "zh-hant"), words


BODIES = {
    "packed": (gzip.compress(b"username=night&password=x&what=x"), FORM, {"Content-Encoding": "gzip"}),
    "a packed bomb": (gzip.compress(b"x=" + b"0" * (8 << 20)), FORM, {"Content-Encoding": "gzip"}),
    "eleven megabytes": (b"what=" + b"x" * (11 << 20), FORM, {}),
    "five thousand fields": ("&".join(f"f{n}=1" for n in range(5000)).encode(), FORM, {}),
    "half a letter": (b"what=%ff&username=%c3", FORM, {}),
    "half a letter without its sign": (b"what=\xff\xfe", FORM, {}),
    "parts without end": (b'--B\r\nContent-Disposition: form-data; name="what"\r\n\r\n' + b"x" * 9999,
                          "multipart/form-data; boundary=B", {}),
    "two thousand parts": (b"".join(b'--B\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % n
                                    for n in range(2000)) + b"--B--\r\n", "multipart/form-data; boundary=B", {}),
    "two hundred files": (b"".join(b'--B\r\nContent-Disposition: form-data; name="f"; filename="%d"\r\n\r\nx\r\n' % n
                                   for n in range(200)) + b"--B--\r\n", "multipart/form-data; boundary=B", {}),
    "a boundary of a kilometre": (b"x", "multipart/form-data; boundary=" + "B" * 5000, {}),
    "a letter set that is none": (b"what=x", FORM + "; charset=klingon", {}),
    "what the server did not take": (b"", FORM, {"X-Body-Refused": "413"}),
}  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "headers"), BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("door", DOORS)
def test_refuses_a_hostile_body_at_every_door_with_a_sentence(
    client: Client, door: str, body: bytes, kind: str, headers: dict[str, str]
) -> None:
    before = rows()
    answer = client.generic("POST", door, body, kind, headers=headers)
    assert answer.status_code < 500
    if answer.status_code != 302:
        assert HAN.search(answer.content.decode())
    assert rows() == before


TOO_MUCH = ("eleven megabytes", "five thousand fields", "two thousand parts", "what the server did not take")


@pytest.mark.parametrize("which", TOO_MUCH)
def test_says_that_it_is_too_much(client: Client, which: str) -> None:
    body, kind, headers = BODIES[which]
    answer = client.post("/reports/new", body, content_type=kind, headers=headers)
    assert answer.status_code == 413
    assert "一次送來的內容太大。" in answer.content.decode()


def test_tells_a_program_the_same_in_its_own_form(client: Client) -> None:
    for refused, status in (("413", 413), ("503", 503)):
        given = {"Authorization": "Bearer x", "X-Body-Refused": refused}
        answer = client.generic("POST", "/api/v1/reports", headers=given, CONTENT_TYPE="application/json")
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_says_that_the_disk_is_full_when_an_upload_finds_no_room(client: Client) -> None:
    answer = client.post("/reports/new", b"", content_type=FORM, headers={"X-Body-Refused": "503"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "磁碟滿了" in page
    assert "紙本" in page


@pytest.mark.parametrize(
    "name", ["../../keys.json", "/etc/passwd", "a\\..\\b.exe", "x" * 400 + ".pdf", "\u202egpj.exe"]
)
def test_keeps_an_upload_under_no_name_of_the_callers(client: Client, world: World, name: str) -> None:
    original = BytesIO(b"%PDF-1.4")
    original.name = name
    answer = client.post("/reports/new", GIVEN | {"original": original})
    assert answer.status_code in (302, 422)
    world.viewer("night")
    assert OriginalBody.objects.count() == (answer.status_code == 302)


BOMB = """
import io, sys, time, zipfile
import django; django.setup()
from anwang.foundation.errors import BadInput
from anwang.rosters.reading.ods import read_ods
shape = sys.argv[1]
head = b'<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
head += b' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:spreadsheet><t:table>'
cell = b'<t:table-cell o:value-type="string"/>'
content = {
    "zeroes": b"0" * (200 << 20),
    "one row of cells": head + b"<t:table-row>" + cell * (1 << 19),
    "cells repeated": head + b'<t:table-row><t:table-cell t:number-columns-repeated="999999999">x</t:table-cell>',
}[shape]
kept = io.BytesIO()
with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
    archive.writestr("content.xml", content)
body = kept.getvalue()
del content
began = time.process_time()
try:
    read_ods(body, 20000)
except BadInput as error:
    print("refused", round(time.process_time() - began, 1))
"""


@pytest.mark.parametrize("shape", ["one row of cells", "cells repeated", "zeroes"])
def test_refuses_a_spreadsheet_that_swells_in_little_time_and_memory(shape: str) -> None:
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1500 << 20, 1500 << 20))

    done = subprocess.run(
        [sys.executable, "-c", BOMB, shape], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=bounded,
    )  # fmt: skip
    assert done.stdout.startswith("refused"), done.stderr[-400:]
    assert float(done.stdout.split()[1]) < 8
