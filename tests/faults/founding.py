"""`python -m tests.faults.founding`: the tests' small county, committed in DATA, and a session of its duty worker."""
# ruff: noqa: E402 - models can be imported only after setup

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "anwang.project.settings"

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.test import Client

from anwang.access.models import Account
from anwang.foundation import clock
from tests.world import build_world, hours

# Fifteen invented accounts need no slow password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
now = clock.now()
with transaction.atomic():
    build_world(night=(now - hours(24), now + hours(240)))

account = Account.objects.get_by_natural_key("night")
client = Client()
client.force_login(account)
(settings.DATA / "session").write_text(client.cookies["sessionid"].value, encoding="ascii")
