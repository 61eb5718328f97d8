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

SHELTER = "珊瑚縣隱礁路9941號"
"""Where 張雅文 and her son are since 2026-04-20 (safety zone)."""
HER_PHONE, HER_SCHOOL, HER_WORK = "0900-000-946", "隱礁國民小學", "隱礁烘焙坊"
"""Her new number, the boy's new school, her workplace: for whoever reads her safety zone, and nobody else."""
SCHOOL_AT, WORK_AT = f"{HER_SCHOOL}（隱礁路9943號）", f"{HER_WORK}（隱礁路9945號）"
"""Both as they are written down, at doors that do not exist."""
SCHOOL_TOLD = "隱礁國小學務處"
"""Who at the school was told of the order (safety zone)."""

HERS = (HER_PHONE, HER_SCHOOL, HER_WORK)
HIDDEN += (SHELTER, SCHOOL_TOLD)
