"""What must come out nowhere: words of the invented county that lie behind the two closed doors.

Tests read every table, page, file and log for them. Each is unlike anything else that is written in the county.
"""

REFUGE = "望潮縣隱浪路9917號3樓之9"
"""Where 小宇 is from 2026-03-08 03:00 (safety zone)."""
AUNTS_FLAT = "白沙縣霧津街9923巷7號"
"""Where 林佳安 stays since 2026-03-09 (safety zone)."""
NEIGHBOUR_PHONE = "0900-000-917"
"""The neighbour of the first night (reporter zone)."""
NEIGHBOUR_NAME = "隔壁卓太太"
KINDERGARTEN_PHONE = "(08)000-9931"
"""The kindergarten's line of story 2 (reporter zone)."""
SCREAMS_PHONE = "0900-000-923"
"""Who heard screams on 2026-04-19 (reporter zone)."""
LISTED = "青嵐縣隱霧路9935號"
"""Where 戴星河 is, as a list of another authority says on 2026-04-07 (safety zone)."""

HIDDEN = (REFUGE, AUNTS_FLAT, LISTED, NEIGHBOUR_PHONE, NEIGHBOUR_NAME, KINDERGARTEN_PHONE, SCREAMS_PHONE)
