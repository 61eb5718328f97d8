"""The days of a notice go with its file, before the notice itself."""

from importlib import import_module

from django.db import migrations

from anwang.subjects.erasing import _rewritten, _swap

former = import_module("anwang.subjects.migrations.0008_erasing_care_plans_and_referrals")
CALLS = "  DELETE FROM referrals_releasecall WHERE"
DAYS = (
    f"  DELETE FROM referrals_releasechange WHERE {former.NOTICE} = doomed;"  # noqa: S608  our own names
    " GET DIAGNOSTICS k = ROW_COUNT; n := n + k;\n"
)


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0009_who_takes_words_out_of_the_record"),
        ("referrals", "0006_one_notice_through_changed_days"),
    ]
    operations = [
        migrations.RunSQL(_rewritten(CALLS, f"{DAYS}{CALLS}"), _rewritten(DAYS, "")),
        migrations.RunSQL(
            _swap("'referrals_releasechange'", "append_only_but_rewritten"),
            _swap("'referrals_releasechange'", "append_only"),
        ),
    ]
