"""The form of a new report, sent broken, odd, huge or twice: a sentence in the user's language, all or nothing."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.foundation import clock
from anwang.intake.models import OriginalBody, Report, ReportOriginal
from anwang.intake.sealed import open_original
from anwang.matters.models import Duty, Matter
from anwang.people.models import Person
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 8, 0, 10, tzinfo=clock.TAIPEI)
GIVEN = {
    "received_at_day": "115/3/7", "received_at_time": "23:40", "channel": "phone", "narrative": "聽到小孩哭聲。",
    "people": "1", "p0-role": "child", "p0-name": "江語彤",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def world(at) -> World:
    at(NOW)
    return build_world(night=(NOW - hours(6), NOW + hours(8)))


@pytest.fixture(params=["zh-hant", "en"])
def client(world: World, request: pytest.FixtureRequest) -> Client:
    account = Account.objects.get_by_natural_key("night")
    account.language = request.param
    account.save()
    client = Client(raise_request_exception=False)
    client.force_login(account)
    client.language = request.param
    return client


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Matter, Duty, ReportOriginal, Person))


def sentence(response: object) -> str:
    """What stands in the page's alert or, on a page of trouble, in its main part."""
    page = response.content.decode()  # type: ignore[attr-defined]
    found = re.search(r'role="alert".*?</(?:div|section|ul)>', page, re.DOTALL) or re.search(
        r"<main.*?</main>", page, re.DOTALL
    )
    assert found, page
    return re.sub(r"<[^>]*>", " ", found[0])


BROKEN = {
    "nothing": {},
    "a day that is none": GIVEN | {"received_at_day": "115/2/30"},
    "a month that is none": GIVEN | {"received_at_day": "2026-13-01"},
    "marks mixed": GIVEN | {"received_at_day": "115-3/7"},
    "an hour that is none": GIVEN | {"received_at_time": "25:61"},
    "the future": GIVEN | {"received_at_day": "116/1/1"},
    "a year of thousands": GIVEN | {"received_at_day": "9" * 5000},
    "NUL": GIVEN | {"narrative": "a\0b"},
    "NUL in a name": GIVEN | {"p0-name": "江\0彤"},
    "a channel that is none": GIVEN | {"channel": "telepathy"},
    "a kind that is none": GIVEN | {"kinds": "witchcraft"},
    "a person without role": GIVEN | {"p0-role": ""},
    "too many words": GIVEN | {"narrative": "字" * 9000},
}


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN.keys())
def test_says_what_is_wrong_and_writes_nothing(client: Client, given: dict[str, str]) -> None:
    before = rows()
    response = client.post("/reports/new", given)
    assert 400 <= response.status_code < 500
    said = sentence(response)
    assert bool(HAN.search(said)) == (client.language == "zh-hant"), said
    assert rows() == before


BODIES = {
    "Big5": ("narrative=通報".encode("big5"), FORM),
    "half a character": (b"narrative=%ED%A0%BD", FORM),
    "a body of many parts that is cut off": (
        b'--B\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nabc', "multipart/form-data; boundary=B",
    ),
    "many parts without a boundary": (b"x", "multipart/form-data"),
    "JSON": (b'{"narrative": "x"}', "application/json"),
    "deep JSON": (b"[" * 100_000, "application/json"),
    "fifty megabytes": (b"narrative=" + b"x" * (50 * 1024 * 1024), FORM),
    "many fields": ("&".join(f"f{n}=1" for n in range(5000)).encode(), FORM),
}  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES.keys())
def test_refuses_a_body_it_cannot_read_with_a_sentence(client: Client, body: bytes, kind: str) -> None:
    before = rows()
    response = client.post("/reports/new", body, content_type=kind)
    assert 400 <= response.status_code < 500
    said = sentence(response)
    assert bool(HAN.search(said)) == (client.language == "zh-hant"), said
    assert rows() == before


def test_refuses_an_original_of_fifty_megabytes(client: Client) -> None:
    before = rows()
    original = BytesIO(b"x" * (50 * 1024 * 1024))
    original.name = "fax.pdf"
    response = client.post("/reports/new", GIVEN | {"original": original})
    assert 400 <= response.status_code < 500
    assert "8" in sentence(response)
    assert rows() == before


ODD = {
    "rare and private characters": {"p0-name": "𪚥\ue000\U000f0000", "narrative": "𠮷野家\ue001"},
    "another calendar": {"received_at_day": "2026-03-07"},
    "full width": {"received_at_day": "１１５／３／７", "received_at_time": "２３：４０"},
    "a number with a wrong check digit, kept": {"p0-national_id": "A100000000", "p0-national_id_keep": "on"},
}


@pytest.mark.parametrize("given", ODD.values(), ids=ODD.keys())
def test_takes_what_is_odd_whole(client: Client, world: World, given: dict[str, str]) -> None:
    response = client.post("/reports/new", GIVEN | given)
    assert response.status_code == 302, sentence(response)
    world.viewer("night")
    assert Report.objects.get().narrative == given.get("narrative", GIVEN["narrative"])
    assert Person.objects.get().name == given.get("p0-name", GIVEN["p0-name"])


def test_keeps_an_upload_of_any_bytes(client: Client, world: World) -> None:
    original = BytesIO(bytes(range(256)))
    original.name = "../../傳真\ue000.pdf"
    assert client.post("/reports/new", GIVEN | {"original": original}).status_code == 302
    world.viewer("night")
    kept = OriginalBody.objects.get()
    assert open_original(bytes(kept.body), kept.original_id) == bytes(range(256))
