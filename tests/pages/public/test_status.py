"""Where a receipt stands: two neutral words, a third for whatever is wrong, in the same shape; tries are counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from anwang.intake.models import Report
from tests.pages.public.test_form import NIGHT, SENT, send, token
from tests.world import World, build_world

WORD = re.compile(r"<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</b>")


@pytest.fixture
def world(db: None, at: Callable[[str], object]) -> World:
    at(NIGHT)
    return build_world()


def receipt(client: Client, **typed: object) -> tuple[str, str]:
    page = send(client, receipt="yes", **typed).text
    assert SENT in page
    number, secret = WORD.findall(page)
    return number, secret


def ask(client: Client, number: str, secret: str):
    return client.post("/report/status", {"number": number, "secret": secret})


def said(answer) -> str:
    return re.search(r"<h1>(.*?)</h1>", answer.text)[1]


def test_gives_no_receipt_to_who_asks_for_none(world: World) -> None:
    assert not WORD.search(send(Client()).text)
    assert not WORD.search(send(Client(), what="另一件", receipt="no").text)


def test_gives_no_second_receipt_to_who_sends_the_page_again(world: World) -> None:
    client = Client()
    once = token(client)
    first, again = (send(client, receipt="yes", token=once).text for _time in range(2))
    assert len(WORD.findall(first)) == 2
    assert SENT in again
    assert not WORD.search(again)


def test_says_received_then_handled_to_both_words(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    assert said(ask(client, number, secret)) == "已收到"
    world.viewer("screener")
    Report.objects.update(was_decided=True)
    assert said(ask(client, number.lower(), secret.replace("-", " "))) == "已處理"


def test_answers_wrong_words_in_the_same_shape(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    wrong = [(number, "AAAA-AAAA-AAAA"), ("AAAA-AAAA-AAAA", secret), ("x", "y"), (number, ""), ("", "")]
    right, *others = [ask(client, *words) for words in [(number, secret), *wrong]]
    assert {said(one) for one in others} == {"查不到"}
    for one in others:
        assert one.status_code == right.status_code == 200
        assert one.text.replace("查不到", "已收到") == right.text.replace("查不到", "已收到")
        assert {name: value for name, value in one.items() if name != "Content-Length"} == {
            name: value for name, value in right.items() if name != "Content-Length"
        }
        assert number not in one.text
        assert secret not in one.text


def test_asks_the_database_the_same_for_wrong_words(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    asked = []
    for words in [(number, secret), (number, "AAAA-AAAA-AAAA"), ("AAAA-AAAA-AAAA", secret)]:
        with CaptureQueriesContext(
            connection,
        ) as statements:
            ask(client, *words)
        asked.append([re.sub(r"'[^']*'|_x\d+", "?", one["sql"]) for one in statements])
    assert asked[0] == asked[1] == asked[2]


@override_settings(ANWANG_PUBLIC_TRIES=(3, 15))
def test_lets_a_caller_rest_after_some_tries_also_with_the_right_words(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    for _try in range(3):
        ask(client, "AAAA-AAAA-AAAA", "AAAA-AAAA-AAAA")
    right, wrong = ask(client, number, secret), ask(client, number, "AAAA-AAAA-AAAA")
    assert (right.status_code, right.text) == (429, wrong.text)
    assert "請打113或110" in right.text
    elsewhere = client.post("/report/status", {"number": number, "secret": secret}, REMOTE_ADDR="192.0.2.9")
    assert said(elsewhere) == "已收到"


def test_lets_a_number_rest_after_tries_from_anywhere(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    for n in range(5):
        client.post("/report/status", {"number": number, "secret": "AAAA"}, REMOTE_ADDR=f"192.0.2.{n}")
    answer = client.post("/report/status", {"number": number, "secret": secret}, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 429


def test_counts_tries_of_a_number_however_it_is_written(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    written = [number, number.lower(), number.replace("-", " "), number.replace("-", ""), f"{number}."]
    for n, one in enumerate(written):
        client.post("/report/status", {"number": one, "secret": "AAAA"}, REMOTE_ADDR=f"192.0.2.{n}")
    answer = client.post("/report/status", {"number": number, "secret": secret}, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 429


def test_takes_words_only_from_a_form_never_from_an_address(world: World) -> None:
    client = Client()
    number, secret = receipt(client)
    assert "已收到" not in said(client.get(f"/report/status?number={number}&secret={secret}"))
