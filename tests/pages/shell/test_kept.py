"""What somebody wrote is not lost when it cannot be taken: an old page, an ended session, somebody who was first."""

from __future__ import annotations

import pytest
from django.test import Client

from anwang.access.models import Account
from tests.unit.matters.cases import after, held_by
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
STORY = "媽媽說昨天晚上爸爸又來，孩子躲在衣櫃裡。"
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def world(at) -> World:  # type: ignore[no-untyped-def]
    at(after(60))
    return build_world()


def worker(world: World, **more: object) -> Client:
    client = Client(**more)  # type: ignore[arg-type]
    client.force_login(Account.objects.get(username="worker"))
    return client


def test_gives_back_what_was_written_after_the_session_ended(world: World) -> None:
    number = held_by(world, "worker").number
    answer = Client().post(f"/cases/{number}/note", {"text": STORY, "zone": "case"}, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert page.count(STORY) == 2  # to be read, and to be sent again
    assert page.count("<textarea") == 1
    assert f'action="/cases/{number}/note"' in page
    assert "在新分頁登入" in page


def test_lets_an_old_page_send_again_what_it_brought(world: World) -> None:
    client = worker(world, enforce_csrf_checks=True)
    answer = client.post("/incident", {"about": "陳小宇", "text": STORY}, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert page.count(STORY) == 2
    assert "再送一次" in page


def test_offers_a_foreign_page_nothing_to_send(world: World) -> None:
    client = worker(world, enforce_csrf_checks=True)
    answer = client.post("/incident", {"text": STORY}, HTTP_ORIGIN="https://elsewhere.example")
    assert answer.status_code == 403
    assert "再送一次</button>" not in answer.content.decode()


def test_gives_back_no_password_and_nothing_that_nobody_wrote(world: World) -> None:
    secret = "不是真的密碼也不能出現"
    answer = Client(enforce_csrf_checks=True).post("/login", {"username": "worker", "password": secret}, **HERE)
    assert secret not in answer.content.decode()
    bare = Client().post("/duty/out", {"due_back_at_day": "115年3月8日"}, **HERE)
    assert (bare.status_code, bare.headers["Location"]) == (302, "/login")


def test_shows_the_page_anew_and_the_text_when_it_is_refused(world: World) -> None:
    number = held_by(world, "worker2").number
    came = f"http://testserver/cases/{number}"
    answer = worker(world).post(f"/cases/{number}/note", {"text": STORY}, HTTP_REFERER=came, **HERE)
    page = answer.content.decode()
    assert answer.status_code in (403, 404)
    assert STORY in page
    assert came in page
