"""Who did not say who he is may be a party: no system hears more than receipt, nor fetches a reply that says more."""

from importlib import import_module

from django.db import migrations


def _function(module: str, start: str) -> str:
    text = import_module(f"anwang.intake.migrations.{module}").UP
    text = text[text.index(start) :]
    return text[: text.rindex("$$;") + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


# The same words as `parties.UNSAID`: silence and "not known" are no proof that he is none of them.
SAID, UNSAID = "('self', 'family', 'anonymous')", "('self', 'family', 'anonymous', 'unknown', '')"
BEFORE = [
    _function("0010_progress_in_its_county", "CREATE FUNCTION intake_progress"),
    _function("0008_sender_to_tell", "CREATE FUNCTION intake_sender_to_tell"),
]
AFTER = [text.replace(SAID, UNSAID) for text in BEFORE]

# To the system that sent the report only, which `intake_progress` settles. What it would not tell is not fetched
# either: whoever reported may have turned out to be a party while the reply waited. "Received" says no more than that.
FETCH = """
CREATE OR REPLACE FUNCTION intake_fetch_reply(of_report uuid, fetched_at timestamptz, OUT reply text, OUT is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text; waiting text;
BEGIN
  SELECT p.word INTO said FROM matters_matter m JOIN intake_receivedkey k ON k.report_id = m.id
    CROSS JOIN LATERAL intake_progress(m.number, k.sender, m.county) p WHERE m.id = of_report LIMIT 1;
  IF said IS NULL THEN RETURN; END IF;
  SELECT p.reply_class INTO waiting FROM intake_reply p WHERE p.report_id = of_report AND p.way = 'system'
   ORDER BY p.ready_at DESC, p.id DESC LIMIT 1;
  IF waiting IS NULL OR (said = 'received' AND waiting <> 'received') THEN RETURN; END IF;
  reply := waiting;
  UPDATE intake_reply SET sent_at = fetched_at WHERE report_id = of_report AND sent_at IS NULL AND way = 'system';
  is_first := FOUND;
  IF is_first THEN
    UPDATE intake_report SET reply_class = reply, reply_at = fetched_at WHERE id = of_report;
  END IF;
END $$;
"""
FETCH_BEFORE = """
CREATE OR REPLACE FUNCTION intake_fetch_reply(of_report uuid, fetched_at timestamptz, OUT reply text, OUT is_first boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nullif(current_setting('anwang.service', true), '') IS NULL THEN RETURN; END IF;
  UPDATE intake_reply SET sent_at = fetched_at WHERE report_id = of_report AND sent_at IS NULL AND way = 'system';
  is_first := FOUND;
  SELECT p.reply_class INTO reply FROM intake_reply p WHERE p.report_id = of_report AND p.way = 'system'
   ORDER BY p.ready_at DESC, p.id DESC LIMIT 1;
  IF is_first THEN
    UPDATE intake_report SET reply_class = reply, reply_at = fetched_at WHERE id = of_report;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_progress_in_its_county")]
    operations = [migrations.RunSQL("\n".join([*AFTER, FETCH]), "\n".join([*BEFORE, FETCH_BEFORE]))]
