"""`python -m tests.faults.looking [word]`: log in to DATA and open what is sealed there; with a word, set it first."""
# ruff: noqa: E402 - models can be imported only after setup

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "anwang.project.settings"

import django

django.setup()

from django.db import transaction

from anwang.access import entering
from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.audit import sealing
from anwang.intake.models import Reporter
from anwang.intake.sealed import unseal

WORD = "潮水退了就看得見燈塔"


def main(words: list[str]) -> dict[str, object]:
    """What a person finds: whether the word logs in, and who reported; then seal."""
    if words:
        with transaction.atomic():
            account = Account.objects.get_by_natural_key("night")
            viewer_for(account.worker_id)
            account.set_password(WORD)
            account.save(update_fields=["password"])
    entered = entering.admit(username="night", password=WORD, demo=True).account is not None
    with transaction.atomic():
        viewer_for(Account.objects.get_by_natural_key("night").worker_id)
        row = Reporter.objects.order_by("recorded_at").first()
        reporter = unseal(row.sealed, "reporter", row.id) if row else {}
    made = sealing.seal()
    return {"entered": entered, "reporter": reporter.get("name"), "sealed": made.id if made else None}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
