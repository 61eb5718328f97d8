"""Contacts by schedule in the invented county: the new year of a pupil, a patient's levels, windows that tile."""

from __future__ import annotations

import psycopg

Owner = psycopg.Connection[tuple[object, ...]]
WINDOWS = """
SELECT c.episode, w.begins_on::text, w.ends_on::text, k.reached || '/' || w.contacts || '+' || k.tries, k.came
  FROM followups_course c JOIN followups_window w ON w.course_id = c.id JOIN matters_matter m ON m.id = c.matter_id
  JOIN people_person p ON p.id = c.person_id
  JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) k ON true
 WHERE p.name = %s AND c.group = %s ORDER BY c.episode, w.n
"""


def test_follows_the_pupil_over_new_year_with_effort_and_a_second_episode(county: Owner) -> None:
    assert county.execute(WINDOWS, ["劉庭", "suicide"]).fetchall() == [
        (1, "2026-01-31", "2026-02-28", "3/4+3", "effort"),
        (1, "2026-03-01", "2026-03-30", "2/2+0", "met"),
        (1, "2026-03-31", "2026-04-30", "1/2+0", "open"),
        (2, "2026-02-26", "2026-03-25", "2/4+1", "short"),
        (2, "2026-03-26", "2026-04-25", "1/2+0", "open"),
    ]


def test_lets_the_counselling_centre_join_by_itself(county: Owner) -> None:
    (row,) = county.execute(
        "SELECT o.state, u.code, o.sent_at::date::text FROM matters_offer o"
        " JOIN directory_unit u ON u.id = o.to_unit_id"
        " JOIN access_involvement i ON i.file_id = o.matter_id JOIN people_person p ON p.id = i.person_id"
        " WHERE p.name = '劉庭' AND o.topic = 'schooling'"
    ).fetchall()
    assert row == ("accepted", "wc-counsel", "2026-02-02")


def test_plans_the_patient_anew_with_his_level_and_with_the_countys_rule(county: Owner) -> None:
    assert county.execute(WINDOWS, ["吳建國", "care"]).fetchall() == [
        (1, "2026-02-12", "2026-03-11", "2/1+0", "met"),
        (1, "2026-03-12", "2026-03-19", "0/0+0", "cut"),
        (1, "2026-03-20", "2026-03-31", "0/0+0", "cut"),
        (1, "2026-04-01", "2026-05-19", "0/1+0", "open"),
    ]


def test_puts_nobody_in_the_psychiatric_register_because_of_an_attempt(county: Owner) -> None:
    (row,) = county.execute(
        "SELECT count(*) FROM followups_course c JOIN people_person p ON p.id = c.person_id"
        " WHERE c.group = 'care' AND p.name = '劉庭'"
    ).fetchall()
    assert row == (0,)


def test_owes_every_open_window_of_an_open_case_as_a_duty(county: Owner) -> None:
    (row,) = county.execute(
        "SELECT count(*) FROM followups_window w JOIN matters_matter m ON m.id = w.matter_id AND m.ended_at IS NULL"
        " JOIN LATERAL (SELECT * FROM followups_mark x WHERE x.window_id = w.id ORDER BY x.n DESC LIMIT 1) k ON true"
        " LEFT JOIN matters_duty d ON d.id = k.duty_id WHERE k.came = 'open' AND d.state IS DISTINCT FROM 'open'"
        " AND NOT EXISTS (SELECT 1 FROM followups_courseend e WHERE e.course_id = w.course_id)"
    ).fetchall()
    assert row == (0,)
