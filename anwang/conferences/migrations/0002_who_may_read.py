# ruff: noqa: S608  statements of our own constants
"""Who reads what of a meeting, a decision, an urgent-case room, an incident review; what only grows; what stays shut."""

from django.db import migrations

from anwang.access.rls import protect
from anwang.access.states import Zone
from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

KEYS = """
ALTER TABLE conferences_decision ADD CONSTRAINT decision_sits_on_its_matter FOREIGN KEY (task_id, task_kind)
  REFERENCES matters_matter (id, kind) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE conferences_highrisk ADD CONSTRAINT case_does_not_end_while_listed FOREIGN KEY (open_of)
  REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED;
"""
KEYS_DOWN = """
ALTER TABLE conferences_highrisk DROP CONSTRAINT case_does_not_end_while_listed;
ALTER TABLE conferences_decision DROP CONSTRAINT decision_sits_on_its_matter;
"""

_LIVE = (
    "{g}.holder = ANY ((SELECT access_keys())::text[]) AND {g}.starts_at <= (SELECT access_at())"
    " AND ({g}.ends_at IS NULL OR {g}.ends_at > (SELECT access_at()))"
)
LIVE = _LIVE.format(g="g")


def _granted(file: str, zone: str, more: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {file} AND '{zone}' = ANY (g.zones){more} AND {LIVE})"
    )


# Whether the viewer works on a file of the other party in the family, or among those, of an item. Whoever does reads
# nothing of her side through a meeting, unless he was named as its bridge.
FUNCTIONS = """
CREATE FUNCTION conferences_serves_him(of_item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM conferences_part p JOIN matters_matter m ON m.id = p.file_id
      JOIN matters_matter o ON o.id = m.id OR (o.family_id = m.family_id AND o.kind = 'case')
      JOIN access_grant g ON g.file_id = o.id AND 'case' = ANY (g.zones) AND g.because NOT LIKE 'meeting%'
       AND g.holder = ANY (access_keys()) AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())
     WHERE p.item_id = of_item AND cases_serves_other_party(o.id))
$$;

-- The parts of an agenda, for whoever lays it: nobody reads a part before he was given it. Files and sides, no words.
CREATE FUNCTION conferences_parts_of(of_meeting uuid)
RETURNS TABLE (id uuid, item_id uuid, file_id uuid, circle text, is_live boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.item_id, p.file_id, p.circle::text, p.withdrawn_at IS NULL FROM conferences_part p
   WHERE p.meeting_id = of_meeting AND EXISTS (SELECT 1 FROM access_grant g
     WHERE g.file_id = of_meeting AND 'case' = ANY (g.zones) AND g.holder = ANY (access_keys())
       AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at()))
$$;

-- The next free place of an agenda: some items may be closed to whoever adds one.
CREATE FUNCTION conferences_next_place(of_meeting uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(max(position), 0) + 1 FROM conferences_agendaitem WHERE meeting_id = of_meeting
$$;

-- The next free place among what was decided at a meeting, in a room or by a review.
CREATE FUNCTION conferences_next_decision(of_source uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(max(position), 0) + 1 FROM conferences_decision WHERE source_id = of_source
$$;

-- Urgent-case rooms whose time is over, for the job that seals them, and sealing them as of that time.
CREATE FUNCTION conferences_rooms_run_out(now timestamptz) RETURNS TABLE (room uuid, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.ends_at FROM conferences_room r WHERE r.sealed_at IS NULL AND r.ends_at <= now AND access_service() = 'conferences'
$$;
CREATE FUNCTION conferences_seal_room(room uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF access_service() IS DISTINCT FROM 'conferences' THEN RAISE 'only the job seals a room whose time is over' USING ERRCODE = '42501'; END IF;
  UPDATE conferences_room r SET sealed_at = r.ends_at WHERE r.id = room AND r.sealed_at IS NULL AND r.ends_at <= access_at();
  RETURN FOUND;
END $$;

-- Which readings a meeting explains: of the files on its agenda and whoever stands in them, by those who were invited
-- or kept its record, on its day. From when to when, for the days asked.
CREATE FUNCTION conferences_explained(begins timestamptz, ends timestamptz)
RETURNS TABLE (worker uuid, file uuid, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.worker, p.file_id, d.day, d.day + interval '1 day'
    FROM conferences_meeting k JOIN conferences_part p ON p.meeting_id = k.id AND p.withdrawn_at IS NULL
    CROSS JOIN LATERAL (SELECT date_trunc('day', coalesce(k.held_at, k.meets_at) AT TIME ZONE 'Asia/Taipei')
                               AT TIME ZONE 'Asia/Taipei' AS day) d
    CROSS JOIN LATERAL (
      SELECT i.worker_id AS worker FROM conferences_invitation i
       WHERE i.meeting_id = k.id AND i.withdrawn_at IS NULL AND i.worker_id IS NOT NULL
         AND (i.items = '{}' OR p.item_id = ANY (i.items))
         AND (i.side = 'bridge' OR (i.side = 'his') = (p.circle = 'other'))
      UNION SELECT k.chair_id UNION SELECT m.acting_worker_id FROM matters_matter m WHERE m.id = k.id) w
   WHERE k.state <> 'called_off' AND d.day < ends AND d.day + interval '1 day' > begins AND w.worker IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION conferences_explained FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conferences_explained TO anwang_app;

-- Nothing is written into a room whose time is over or that was sealed, and no new member comes in. The lock orders a
-- word against the sealing.
CREATE FUNCTION conferences_room_is_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM conferences_room r WHERE r.id = NEW.room_id AND r.sealed_at IS NULL AND r.ends_at > access_at() FOR SHARE;
  IF NOT FOUND THEN RAISE 'the room is sealed' USING ERRCODE = '23514', CONSTRAINT = 'room_is_open'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER room_is_open BEFORE INSERT ON conferences_roomentry FOR EACH ROW EXECUTE FUNCTION conferences_room_is_open();
CREATE TRIGGER room_is_open BEFORE INSERT ON conferences_roomfile FOR EACH ROW EXECUTE FUNCTION conferences_room_is_open();
CREATE TRIGGER room_is_open BEFORE INSERT ON conferences_roommember FOR EACH ROW EXECUTE FUNCTION conferences_room_is_open();

-- Confirmed minutes take corrections only.
CREATE FUNCTION conferences_minutes_are_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM conferences_meeting k WHERE k.id = NEW.meeting_id AND (k.state = 'held' OR NEW.corrects_id IS NOT NULL) FOR SHARE;
  IF NOT FOUND THEN RAISE 'the minutes are confirmed' USING ERRCODE = '23514', CONSTRAINT = 'minutes_are_open'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER minutes_are_open BEFORE INSERT ON conferences_minute FOR EACH ROW EXECUTE FUNCTION conferences_minutes_are_open();
"""
FUNCTIONS_DOWN = """
DROP TRIGGER minutes_are_open ON conferences_minute; DROP FUNCTION conferences_minutes_are_open;
DROP TRIGGER room_is_open ON conferences_roommember; DROP TRIGGER room_is_open ON conferences_roomfile;
DROP TRIGGER room_is_open ON conferences_roomentry; DROP FUNCTION conferences_room_is_open;
DROP FUNCTION conferences_explained; DROP FUNCTION conferences_seal_room; DROP FUNCTION conferences_rooms_run_out;
DROP FUNCTION conferences_next_decision; DROP FUNCTION conferences_next_place; DROP FUNCTION conferences_parts_of; DROP FUNCTION conferences_serves_him;
"""

VISIBLE = {
    # Its own workers; the supervisors of the unit it was sent to, and whoever keeps the record of a meeting there.
    "proposal": "({file} OR (conferences_proposal.file_id <> ALL ((SELECT access_closed())::uuid[]) AND ("
    "'u:' || conferences_proposal.to_unit_id || '/supervising' = ANY ((SELECT access_keys())::text[])"
    " OR EXISTS (SELECT 1 FROM matters_matter m WHERE m.kind = 'meeting' AND m.ended_at IS NULL"
    " AND m.acting_unit_id = conferences_proposal.to_unit_id AND m.acting_worker_id = (SELECT access_worker())))))".format(
        file=_granted("conferences_proposal.file_id", "case")
    ),
    "part": "({file} OR (conferences_part.file_id <> ALL ((SELECT access_closed())::uuid[]) AND ({bridge} OR ({side}"
    " AND (conferences_part.circle = 'other' OR NOT conferences_serves_him(conferences_part.item_id))))))".format(
        file=_granted("conferences_part.file_id", "case"),
        bridge=_granted("conferences_part.id", "case", " AND g.because = 'meeting_bridge'"),
        side=_granted("conferences_part.id", "case", " AND g.because = 'meeting_side'"),
    ),
    "agendaitem": "((conferences_agendaitem.title <> '' AND {meeting})"
    " OR EXISTS (SELECT 1 FROM conferences_part p WHERE p.item_id = conferences_agendaitem.id))".format(
        meeting=_granted("conferences_agendaitem.meeting_id", "work")
    ),
    "invitation": "(conferences_invitation.worker_id = (SELECT access_worker()) OR {meeting})".format(
        meeting=_granted("conferences_invitation.meeting_id", "case")
    ),
    "minute": "((conferences_minute.part_id IS NULL AND {meeting})"
    " OR EXISTS (SELECT 1 FROM conferences_part p WHERE p.id = conferences_minute.part_id))".format(
        meeting=_granted("conferences_minute.meeting_id", "work")
    ),
    "decision": "((conferences_decision.part_id IS NULL AND {source}) OR {task}"
    " OR EXISTS (SELECT 1 FROM conferences_part p WHERE p.id = conferences_decision.part_id))".format(
        source=_granted("conferences_decision.source_id", "work"), task=_granted("conferences_decision.task_id", "case")
    ),
    "incidentreview": _granted(
        "conferences_incidentreview.id", "case", " AND g.because IN ('incident_review', 'acting')"
    ),
    **{
        one: f"EXISTS (SELECT 1 FROM conferences_decision d WHERE d.id = conferences_{one}.decision_id)"
        for one in ("decisionunit", "decisionreport", "decisionruling")
    },
    **{
        one: f"EXISTS (SELECT 1 FROM conferences_incidentreview r WHERE r.id = conferences_{one}.review_id)"
        for one in ("reviewfile", "reviewer", "finding")
    },
}
CHANGED = ("proposal", "part", "invitation", "decision", "incidentreview", "reviewer")
GROWS = ("minute", "decisionunit", "decisionreport", "decisionruling", "roomentry", "roomextension", "roomfile",
         "roomfilebody", "reviewfile", "finding", "agendaitem")  # fmt: skip
_SOMEBODY = (
    "(nullif(current_setting('anwang.worker', true), '') IS NOT NULL"
    " OR nullif(current_setting('anwang.service', true), '') IS NOT NULL)"
)


def _kept(one: str) -> migrations.RunSQL:
    table, visible = f"conferences_{one}", VISIBLE[one]
    changes = one in CHANGED
    up = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY reads ON {table} FOR SELECT USING ({visible})",
        f"CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ({_SOMEBODY})",
        f"REVOKE {'DELETE' if changes else 'UPDATE, DELETE'} ON {table} FROM anwang_app",
    ]
    if changes:
        up.append(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({visible}) WITH CHECK (true)")
        up.append(f"SELECT access_writes_with_writing_keys('{table}')")
    down = [f"DROP POLICY IF EXISTS {policy} ON {table}" for policy in ("changes", "writes", "reads")]
    return migrations.RunSQL(up, [*down, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"])


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0001_meetings_and_rooms"),
        ("cases", "0015_two_circles_of_a_family"),
        ("access", "0010_restricted_files"),
    ]
    operations = [
        migrations.RunSQL(KEYS, KEYS_DOWN),
        *(owns_a_matter(f"conferences_{one}") for one in ("meeting", "room", "incidentreview")),
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_DOWN),
        protect("conferences_meeting", file="id", zone=Zone.WORK, update=True),
        protect("conferences_highrisk", zone=Zone.CASE, update=True),
        protect("conferences_room", file="id", zone=Zone.CASE, update=True),
        protect("conferences_roommember", file="room_id", zone=Zone.CASE, update=True),
        *(
            protect(f"conferences_{one}", file="room_id", zone=Zone.CASE)
            for one in ("roomentry", "roomextension", "roomfile", "roomfilebody")
        ),
        *(_kept(one) for one in VISIBLE),
        *(append_only(f"conferences_{one}") for one in GROWS),
    ]
