"""The menu leads nobody to a page that refuses him."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.directory.models import Appointment, Worker
from anwang.directory.states import Role
from tests.world import SINCE, World, build_world

UNIT = {Role.NGO_WORKER: "ngo", Role.NGO_SUPERVISOR: "ngo", Role.CHIEF: "social", Role.CLERK: "social"}


@pytest.fixture
def world(db: None, at) -> World:
    at("2026-03-06T10:00+08:00")
    return build_world()


@pytest.mark.parametrize("role", Role.values)
def test_leads_every_role_to_pages_that_open(world: World, role: str) -> None:
    worker = Worker.objects.create(name="新同事", phone="0900-000-900")
    unit = world.units[UNIT.get(Role(role), "intake")]
    Appointment.objects.create(worker=worker, unit_id=unit, role=role, started_at=SINCE)
    client = Client()
    client.force_login(Account.objects.create_user("new", "correct horse battery", worker_id=worker.id, is_demo=True))
    page = client.get("/policy").content.decode()
    menu = re.search(r"<nav[^>]*>.*?</nav>", page[page.index("<header") :], re.DOTALL)
    links = re.findall(r'href="(/[a-z]*)"', menu[0] if menu else "")
    assert "/policy" in links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_has_no_figures_for_a_clerk(world: World) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="clerk"))
    assert 'href="/figures"' not in client.get("/policy").content.decode()
