"""The month on a page: numbers with their meaning for heads and supervisors, records only for those who read them."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from anwang.access.models import Account
from anwang.audit.models import Reading
from anwang.directory.models import Appointment
from anwang.foundation import clock
from tests.unit.indicators.sample import Sample, build_sample
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"
MARCH = "/figures/2026-03"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def sample(world: World) -> Sample:
    return build_sample(world, size=10)


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


@pytest.mark.parametrize(("key", "status"), [
    ("supervisor", 200), ("chief", 200), ("screening_supervisor", 200), ("worker", 403), ("clerk", 403),
    ("administrator", 403), ("ngo_worker", 403),
])  # fmt: skip
def test_opens_to_supervisors_and_heads(world: World, key: str, status: int) -> None:
    for path in ("/figures", MARCH, f"{MARCH}/ods"):
        assert as_(key).get(path).status_code == status


def test_shows_each_figure_with_its_definition_and_formula(sample: Sample) -> None:
    page = as_("chief").get(MARCH).content.decode()
    received = len({fact.item for fact in sample.in_month("received", 2026, 3)})
    assert re.search(rf'受理<br>.*?<td class="num">{received}</td>', page)
    for words in ("件次＝通報×案類", "內部使用，不得公布", "月底靜態", "假設", "看不到個案清單", "未滿4的數字"):
        assert words in re.sub(r"</?span[^>]*>", "", page)


def test_leads_a_supervisor_from_a_cell_to_its_records_and_traces_it(sample: Sample) -> None:
    client = as_("supervisor")
    page = client.get(MARCH).content.decode()
    link = re.search(rf'href="({MARCH}/records\?figure=received&amp;by=kind[^"]+)"', page)
    assert link
    shown = client.get(unescape(link[1])).content.decode()
    assert 'href="/reports/T' in shown
    assert Reading.objects.filter(what="figures.drill").count() == shown.count('href="/reports/T')


def test_gives_a_head_of_office_no_way_to_records(sample: Sample) -> None:
    client = as_("chief")
    assert "/records" not in client.get(MARCH).content.decode()
    assert client.get(f"{MARCH}/records?figure=received").status_code == 403
    assert not Reading.objects.exists()


@pytest.mark.parametrize("path", [
    "/figures/2026-13", "/figures/x", f"{MARCH}/records?figure=x", f"{MARCH}/records?figure=received&by=number",
])  # fmt: skip
def test_knows_no_other_address(world: World, path: str) -> None:
    assert as_("supervisor").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/figures", MARCH, f"{MARCH}/records?figure=received", f"{MARCH}/ods"])
def test_needs_few_statements(sample: Sample, path: str) -> None:
    client = as_("supervisor")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 8


def test_is_accessible(
    live: str, log_in: Callable[..., None], axe: Callable[[Page], list[str]], page: Page
) -> None:  # fmt: skip
    with clock.frozen(NOW), transaction.atomic():
        build_sample(build_world(), size=10)
    Account.objects.filter(username="screening_supervisor").update(language="en")
    shown = [
        ("index", "/figures", "chief"), ("month", MARCH, "supervisor"), ("month-en", MARCH, "screening_supervisor"),
        ("empty", "/figures/2020-01", "chief"), ("records", f"{MARCH}/records?figure=received", "supervisor"),
    ]  # fmt: skip
    for name, path, key in shown:
        log_in(page, key)
        for width, height in ((1440, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(live + path)
            assert axe(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            if folder := os.environ.get("ANWANG_PICTURES"):
                page.screenshot(path=f"{folder}/figures-{name}-{width}.png", full_page=True)


def test_lets_who_leads_in_two_counties_choose_one(world: World, sample: Sample) -> None:
    other = {"county": "99002"}
    assert "縣市" not in as_("chief").get(MARCH).content.decode()
    assert as_("chief").get(MARCH, other).status_code == 403
    Appointment.objects.create(
        worker_id=world.workers["chief"], unit_id=world.units["protection2"], role="chief",
        started_at=clock.now() - timedelta(days=400),
    )  # fmt: skip
    for path in ("/figures", MARCH):
        page = as_("chief").get(path).content.decode()
        assert '<a href="?county=99001" aria-current="page">望潮縣</a>' in page
        assert '<a href="?county=99002">青嵐縣</a>' in page
    there = as_("chief").get(MARCH, other).content.decode()
    assert '<a href="?county=99002" aria-current="page">青嵐縣</a>' in there
    assert f"{MARCH}/ods?county=99002" in there
    assert as_("chief").get(f"{MARCH}/ods", other).status_code == 200
    assert as_("chief").get(MARCH, {"county": "99003"}).status_code == 403
