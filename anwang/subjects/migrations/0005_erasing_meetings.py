"""What meetings, urgent-case rooms and reviews said about a file goes away with it; that they were held stays."""
# ruff: noqa: S608  only names of this file are put in

from django.db import migrations

from anwang.subjects.erasing import BEFORE, _rewritten, _swap

PARTS = "(SELECT id FROM conferences_part WHERE file_id = doomed)"
DECISIONS = f"(SELECT id FROM conferences_decision WHERE part_id IN {PARTS})"
ROOMS = "(SELECT id FROM conferences_room WHERE case_id = doomed)"
REVIEWS = "(SELECT review_id FROM conferences_reviewfile WHERE file_id = doomed)"
LINES = f"""
  DELETE FROM conferences_minute WHERE part_id IN {PARTS}; GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  DELETE FROM conferences_decisionreport WHERE decision_id IN {DECISIONS}; GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  UPDATE conferences_decisionruling SET because = '—', condition = '—' WHERE decision_id IN {DECISIONS};
  UPDATE conferences_decision SET text = '—', deliverable = '' WHERE part_id IN {PARTS};
  UPDATE conferences_part SET because = '—' WHERE file_id = doomed;
  UPDATE conferences_proposal SET because = '—' WHERE file_id = doomed;
  UPDATE conferences_highrisk SET ground = '—', because = '—', inputs = '{{}}', outcome = '',
    ended_because = CASE WHEN ended_because = '' THEN '' ELSE '—' END WHERE matter_id = doomed;
  DELETE FROM conferences_roomfilebody WHERE room_id IN {ROOMS}; GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  UPDATE conferences_roomfile SET name = '—' WHERE room_id IN {ROOMS};
  DELETE FROM conferences_roomentry WHERE room_id IN {ROOMS}; GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  UPDATE conferences_roomextension SET because = '—' WHERE room_id IN {ROOMS};
  UPDATE conferences_roommember SET guest = '—' WHERE room_id IN {ROOMS} AND guest <> '';
  UPDATE conferences_room SET words = '—', outcome = '' WHERE case_id = doomed;
  UPDATE conferences_finding SET text = '—', "on" = NULL WHERE review_id IN {REVIEWS};
  UPDATE conferences_incidentreview SET because = '—' WHERE id IN {REVIEWS};
"""
GROWS = ", ".join(
    f"'conferences_{one}'"
    for one in ("minute", "decisionreport", "decisionruling", "roomfilebody", "roomfile", "roomentry", "roomextension",
                "finding")
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("subjects", "0004_erasing_forms"), ("conferences", "0004_asked_past_the_parts")]
    operations = [
        migrations.RunSQL(
            f"{_rewritten(BEFORE, LINES.strip(chr(10)) + chr(10) + BEFORE)} {_swap(GROWS, 'append_only_but_rewritten')}",
            f"{_rewritten(LINES.strip(chr(10)) + chr(10), '')} {_swap(GROWS, 'append_only')}",
        )
    ]
