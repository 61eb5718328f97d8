"""The units of a county, what they carry, and who works there: statements for the report page and its receivers.

A county has more posts than a page should name: the units are read whole, the people only of those that are shown.
"""

UNIT_OF_COUNTY = """directory_unit u JOIN matters_matter mm ON mm.number = %(number)s AND mm.county = u.jurisdiction_id
     AND u.closed_on IS NULL AND u.kind IN ('intake', 'protection', 'welfare', 'mental_health', 'ngo')"""
UNIT_NAME = "coalesce(nullif(CASE WHEN %(en)s THEN u.name_en END, ''), u.name)"
WORKER_NAME = "coalesce(nullif(CASE WHEN %(en)s THEN w.name_en END, ''), w.name)"
UNITS = f"""SELECT u.id AS unit_id, {UNIT_NAME} AS unit, u.kind, sa.areas, sa.codes AS area_codes
    FROM {UNIT_OF_COUNTY}
    LEFT JOIN (SELECT unit_id, string_agg(area_name, '、' ORDER BY area_code) AS areas, json_agg(area_code) AS codes
                 FROM directory_servicearea GROUP BY unit_id) sa ON sa.unit_id = u.id
   ORDER BY u.kind, u.name"""  # noqa: S608
SUPERVISORS = f"""SELECT w.id AS worker_id, {WORKER_NAME} AS worker, {UNIT_NAME} AS unit FROM {UNIT_OF_COUNTY}
    JOIN directory_appointment p ON p.unit_id = u.id AND p.ended_at IS NULL AND position('supervisor' IN p.role) > 0
    JOIN directory_worker w ON w.id = p.worker_id ORDER BY u.kind, u.name, p.started_at, w.name"""  # noqa: S608
CARRYING = f"""SELECT u.id AS unit_id, c.kind, c.count FROM {UNIT_OF_COUNTY} AND u.kind <> 'ngo', LATERAL (
         SELECT h.sort AS kind, count(*) AS count FROM matters_matter h
          WHERE h.acting_unit_id = u.id AND h.kind = 'case' AND h.ended_at IS NULL GROUP BY h.sort) c"""  # noqa: S608
"""Open cases of each unit by kind; numbers only."""
POSTS = f"""SELECT u.id AS unit_id, w.id AS worker_id, {WORKER_NAME} AS worker, p.role, d.id AS desk_id,
         coalesce(nullif(CASE WHEN %(en)s THEN d.name_en END, ''), d.name) AS desk,
         (SELECT count(*) FROM matters_matter h WHERE h.acting_worker_id = w.id AND h.ended_at IS NULL) AS load,
         (SELECT coalesce(nullif(CASE WHEN %(en)s THEN c.name_en END, ''), c.name)
            FROM directory_absence ab JOIN directory_worker c ON c.id = ab.covered_by_id
           WHERE ab.worker_id = w.id AND ab.starts_at < %(tonight)s AND ab.ends_at > access_at()
           ORDER BY ab.starts_at LIMIT 1) AS cover
    FROM directory_unit u
    LEFT JOIN directory_appointment p ON p.unit_id = u.id AND p.ended_at IS NULL
    LEFT JOIN directory_worker w ON w.id = p.worker_id
    LEFT JOIN directory_desk d ON d.unit_id = u.id
   WHERE u.id = ANY (%(units)s) ORDER BY p.started_at, w.name"""  # noqa: S608
"""Who works in these units, with what he has in hand and who stands in for him until tonight; their desks."""
