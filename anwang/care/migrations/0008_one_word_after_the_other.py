"""Words on one coming home wait for each other at her case, so that none is lost on the other."""

from importlib import import_module

from django.db import migrations

former = import_module("anwang.care.migrations.0007_the_day_has_changed")

# His own case is held by the action already; hers follow in one order, here and in `referrals_take_turn`.
IN_TURN = """BEGIN
  PERFORM FROM matters_matter m WHERE m.id IN (SELECT h.matter_id FROM care_her_side(of_case, who) h)
    ORDER BY m.id FOR NO KEY UPDATE;
  FOR hers IN"""
ANNOUNCE = former.ANNOUNCE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("care", "0007_the_day_has_changed")]
    operations = [migrations.RunSQL(ANNOUNCE.replace("BEGIN\n  FOR hers IN", IN_TURN), ANNOUNCE)]
