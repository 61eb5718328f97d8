"""Who comes in by what: two quarters of review, one of them late; a new colleague who has not come yet; an app.

余文君 keeps the accounts, 蒲思妤 looks over them; neither confirms her own.
"""

from __future__ import annotations

import time

from anwang.access.entering import AtTheDoor
from anwang.access.models import Account
from anwang.accounts import actions, queries, totp
from anwang.demo.beats import beat
from anwang.demo.stage import Stage
from anwang.directory.states import Role
from anwang.foundation import clock

LEFT = frozenset({"peng", "sun", "rong"})
"""Accounts that this quarter's review forgot."""


class Accounts(Stage):
    @beat("2026-01-08 14:00")
    def every_account_is_seen(self) -> None:
        self._confirm("pu", frozenset())
        self._confirm("yu", frozenset())

    @beat("2026-04-09 14:30")
    def some_are_forgotten(self) -> None:
        self._confirm("yu", LEFT)

    @beat("2026-04-16 11:00")
    def somebody_is_invited(self) -> None:
        by, now = self.become("yu"), clock.now()
        worker = actions.appoint(
            name="俞以辰", name_en="Yu Yichen", phone="0900-000-160", unit_id=self.county.units["wc-luzhou"],
            role=Role.SOCIAL_WORKER, by=by, at=now,
        )  # fmt: skip
        actions.invite(worker_id=worker, username="yu.yichen", by=by, at=clock.now())

    @beat("2026-04-17 09:10")
    def an_app_is_set_up(self) -> None:
        account = Account.objects.get(worker_id=self.county.workers["yu"])
        by, secret = AtTheDoor(account.worker_id), totp.fresh()
        code = totp.code_at(secret, int(time.time()) // totp.STEP)
        actions.add_totp(account_id=account.pk, secret=secret, code=code, by=by, at=clock.now())
        actions.make_codes(account_id=account.pk, by=by, at=clock.now())

    def _confirm(self, who: str, left: frozenset[str]) -> None:
        by = self.become(who)
        seen = [
            one.account_id for one in queries.accounts(by)
            if not one.found_at and one.worker_id != by.worker_id and one.username not in left
        ]  # fmt: skip
        if seen:
            actions.keep_accounts(account_ids=seen, by=by, at=clock.now())
