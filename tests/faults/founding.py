"""`python -m tests.faults.founding`: the tests' small county in DATA; a duty worker's session and a token."""
# ruff: noqa: E402 - models can be imported only after setup

import os
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "anwang.project.settings"

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.test import Client

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.systems.actions import issue_token, register_system
from anwang.systems.actions.endpoints import open_endpoint
from tests.world import build_world, hours

# Fifteen invented accounts need no slow password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
now = clock.now()
with transaction.atomic():
    service_viewer("founding")
    world = build_world(night=(now - hours(24), now + hours(240)))
    keeper = world.viewer("administrator")
    system = register_system(
        code="load", name="測試醫院系統", agency="望潮醫院", reach="county", channels=("api",), contact_unit="資訊室",
        by=keeper, at=now,
    )  # fmt: skip
    token = issue_token(
        system_id=system.id, scopes=("reports:write",), expires_on=clock.today() + timedelta(days=90), by=keeper, at=now
    )
    endpoint, _secret = open_endpoint(
        system_id=system.id, county="99001", kind="file", events=["tw.anwang.trial"], by=keeper, at=now
    )

account = Account.objects.get_by_natural_key("night")
client = Client()
client.force_login(account)
(settings.DATA / "session").write_text(client.cookies["sessionid"].value, encoding="ascii")
(settings.DATA / "token").write_text(token.plain, encoding="ascii")
(settings.DATA / "endpoint").write_text(str(endpoint.id), encoding="ascii")
