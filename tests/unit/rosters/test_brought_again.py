"""A rejected row brought again is mended by the same child of the same sender and kind, and by nobody else."""

from __future__ import annotations

import pytest

from anwang.access.viewer import service_viewer
from anwang.foundation.errors import BadInput
from anwang.foundation.national_id import make_test_id
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.queries import file_page
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
NUMBER, OTHER = make_test_id("W", 2, 92), make_test_id("W", 2, 93)
REJECTED = {"前置查訪結果": ""}


def again(importer, old: dict[str, str], new: dict[str, str]) -> tuple[RosterRow, RosterRow, RosterFile]:
    """The rejected row, the row that was brought for it, and the first file afterwards."""
    first = bring(importer, [child(1, **old, **REJECTED)]).file
    second = bring(importer, [child(1, **new)], about=first.number).file
    service_viewer("rosters")
    first.refresh_from_db()
    return RosterRow.objects.get(file=first), RosterRow.objects.get(file=second), first


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"身分證號": NUMBER}, {"身分證號": NUMBER}),
        ({"身分證號": NUMBER, "姓名": "謝小情"}, {"身分證號": NUMBER, "姓名": "謝小晴"}),
        ({"身分證號": ""}, {"身分證號": NUMBER}),
        ({"姓名": "", "身分證號": ""}, {"姓名": "謝小晴", "身分證號": NUMBER}),
    ],
    ids=["number", "name corrected", "number added", "nothing said before"],
)
def test_the_same_child_mends_the_row(world, importer, old, new) -> None:
    was, came, file = again(importer, old, new)
    assert (was.state, was.mended_by_id) == ("mended", came.id)
    assert (file.rejected, file.mended) == (0, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"身分證號": NUMBER}, {"身分證號": OTHER}),
        ({"姓名": "謝小晴"}, {"姓名": "謝小雨"}),
        ({"姓名": "謝小晴"}, {"姓名": "謝小雨", "身分證號": NUMBER}),
    ],
    ids=["number", "name", "name beside a new number"],
)
def test_another_child_under_the_number_leaves_the_row_waiting_and_says_so(world, importer, old, new) -> None:
    was, came, file = again(importer, old, new)
    assert (was.state, came.state) == ("rejected", "accepted")
    assert (file.rejected, file.mended) == (1, 0)
    page = file_page(world.viewer("screener"), came.file.number)
    assert page.rows[0].notes == ("「序號」和退件那筆同號，卻是別的孩子；照收，退件那筆還要補正",)


@pytest.mark.parametrize("said", [{"sender": "別的戶政事務所"}, {"kind": "vaccination"}], ids=["sender", "kind"])
def test_another_sender_or_kind_is_refused_with_a_sentence(world, importer, said) -> None:
    first = bring(importer, [child(1, **REJECTED)]).file
    with pytest.raises(BadInput, match="這個機關沒有這個編號的名冊"):
        bring(importer, [child(1)], about=first.number, **said)
    first.refresh_from_db()
    assert (first.rejected, RosterFile.objects.count()) == (1, 1)


def test_a_kept_row_is_mended_though_nobody_here_reads_it(world, importer) -> None:
    """The clerk who loads the second file reads no row at all."""
    first = bring(importer, [child(1, **REJECTED)]).file
    second = bring(world.viewer("clerk"), [child(1)], about=first.number).file
    assert not RosterRow.objects.exists()
    service_viewer("rosters")
    assert RosterRow.objects.get(file=first).mended_by_id == RosterRow.objects.get(file=second).id
