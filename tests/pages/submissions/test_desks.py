"""Submissions and money on pages: from the draft of a call to the letter as a file, by the forms; who sees what."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anwang.funding.models import Execution, Grant, Line, Share, Tier
from anwang.matters.models import Matter
from anwang.submissions import actions
from anwang.submissions.actions import LetterGiven, Opinion
from anwang.submissions.models import Call, CallPart, Document, Extension, Item, PostChange, Receipt, Submission
from tests.pages.cases.test_case_pages import as_
from tests.unit.submissions.conftest import Office

pytestmark = pytest.mark.django_db


def text(who: str, path: str) -> str:
    answer = as_(who).get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def post(who: str, path: str, **given: object) -> None:
    answer = as_(who).post(path, given)
    assert answer.status_code == 302, answer.content.decode()[:4000]


def of(office: Office, county: str = "99001") -> str:
    number = Matter.objects.get(id=office.of(county).id).number
    return f"/submissions/of/{number}"


def test_a_call_is_drafted_and_published_by_forms(office: Office) -> None:
    given = {"title": "補充提報", "year": "116", "due_on": "115/6/30", "parts": "計畫書\n（附錄）",
             "lines": [office.line.id]}  # fmt: skip
    post("xie", "/submissions/calls/new", **given)
    call = Call.objects.get(title="補充提報")
    parts = CallPart.objects.filter(call=call).order_by("position")
    assert list(parts.values_list("name", "is_required")) == [("計畫書", True), ("附錄", False)]
    assert as_("cheng").get(f"/submissions/calls/{call.id}").status_code == 404
    post("xie", f"/submissions/calls/{call.id}/publish", counties=["99001", "99003"])
    assert "補充提報" in text("cheng", "/submissions")
    assert as_("cheng").get("/submissions/calls/new").status_code == 403


def test_from_the_extension_to_the_letter_by_forms(office: Office) -> None:
    path, one = of(office), office.of()
    post("cheng", f"{path}/extension", new_due_on="115/7/10", reason="議會會期")
    asked = Extension.objects.get()
    assert "議會會期" in text("lan", "/submissions")
    assert as_("xie").get(f"/submissions/extensions/{asked.id}").status_code == 403
    post("lan", f"/submissions/extensions/{asked.id}", granted="yes", answer="電話同意")
    assert "原訂115年6月26日" in text("cheng", path)
    post("cheng", f"{path}/part/{office.part(1)}", words="計畫內容", attached="")
    post("cheng", f"{path}/ask", what=f"line:{office.line.id}", asked="3,000,000元")
    post("cheng", f"{path}/ask", what="post:supervisor", asked="1名")
    assert "還沒寫：經費表" in text("cheng", f"{path}/send")
    post("cheng", f"{path}/send")
    assert Receipt.objects.get().number in text("cheng", path)
    post("xie", f"{path}/check", missing=[office.part(2)], back_due_on="115/6/10", words="缺經費表")
    assert "退回補正" in text("cheng", path)
    post("cheng", f"{path}/part/{office.part(2)}", words="", attached="經費表.ods")
    post("cheng", f"{path}/send")
    post("xie", f"{path}/check", missing=[], words="")
    money = Item.objects.get(submission=one, what="money")
    wrong = {"outcome": "partly", "opinion": "減列。", f"n-{money.id}": "2,500,000"}
    assert as_("xie").post(f"{path}/review", wrong).status_code == 422
    post("xie", f"{path}/review", **{**wrong, f"w-{money.id}": "依執行率"})
    assert as_("xie").post(f"{path}/decide", {"agreed": "yes"}).status_code == 422
    post("lan", f"{path}/decide", agreed="yes", words="")
    letter = {"number": "衛部救字第1150000123號", "dated_on": "115/6/1", "posts_from_on": "116/1/1", "words": ""}
    post("xie", f"{path}/letter", **letter)
    page = text("cheng", path)
    assert "2,500,000元" in page
    assert "衛部救字第1150000123號" in page
    assert "增1名" in text("cheng", "/submissions/posts?on=116/1/1")
    assert Grant.objects.get().year == 2027
    for form, magic in (("odt", b"PK"), ("pdf", b"%PDF")):
        file = as_("cheng").post(f"{path}/paper", {"form": form})
        assert file.content.startswith(magic)
    assert b"/StructTreeRoot" in file.content


def test_the_ministrys_number_leads_to_the_same_page(office: Office) -> None:
    one = office.write()
    actions.send(submission_id=one.id, by=office.be("cheng"))
    task = Matter.objects.get(id=Submission.objects.get(id=one.id).task_id).number
    answer = as_("xie").get(f"/submissions/of/{task}")
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == of(office)


def test_today_shows_the_duty_with_its_way_in(office: Office) -> None:
    page = text("cheng", "/today")
    assert "提報計畫" in page
    assert of(office) in page


@pytest.mark.parametrize("page", ["/submissions", "/funds", "/funds/tiers", "/funds/lines", "/submissions/posts",
                                  "/submissions/pay"])  # fmt: skip
def test_only_who_steers_comes_in(office: Office, page: str) -> None:
    for who in ("xie", "lan", "cheng", "chief"):
        assert as_(who).get(page).status_code == 200
    for who in ("worker", "clerk", "ngo_worker", "administrator"):
        assert as_(who).get(page).status_code == 403


def test_another_countys_submission_is_not_there(office: Office) -> None:
    path = of(office)
    for step in ("", "/send", "/ask", "/extension", f"/part/{office.part(1)}", "/paper"):
        assert as_("bo").get(f"{path}{step}").status_code == 404
    assert as_("xie").get("/submissions/of/S115-0000-0000").status_code == 404


def test_a_county_off_the_system_by_proxy(office: Office) -> None:
    path = of(office, "99003")
    post("xie", f"{path}/part/{office.part(1)}", words="隨函", attached="計畫書.odt")
    wrong = {"how": "letter", "paper": "", "received_at_day": "115/6/1", "received_at_time": "09:00"}
    assert as_("xie").post(f"{path}/proxy", wrong).status_code == 422
    right = {**wrong, "paper": "珊社字第1150000007號", "received_at_time": "10:00"}
    answer = as_("xie").post(f"{path}/proxy", right)
    assert answer.status_code == 302, answer.content.decode()
    assert "代登" in text("xie", path)


def test_money_is_kept_reported_and_settled_by_forms(office: Office) -> None:
    post("xie", "/funds/lines/new", code="X-1", name="另一項", plan="計畫", kind="plan", from_year="107")
    line = Line.objects.get(code="X-1")
    bad = {"level": "3", "from_year": "114", "central": "75", "local": "20", "source": "計畫"}
    assert as_("xie").post(f"/funds/lines/{line.id}/share", bad).status_code == 422
    post("xie", f"/funds/lines/{line.id}/share", **{**bad, "local": "25"})
    post("xie", "/funds/tiers/new", county="99001", level="3", from_year="114", to_year="117", status="published",
         source="函")  # fmt: skip
    assert (Share.objects.count(), Tier.objects.count()) == (1, 1)
    give = {"line": str(line.id), "county": "99001", "year": "114", "what": "人事費", "total": "1,000,000",
            "letter": "甲號", "dated_on": "114/1/2", "premises": ""}  # fmt: skip
    post("xie", "/funds/grants/new", **give)
    grant = Grant.objects.get(line=line)
    page = f"/funds/grants/{grant.id}"
    post("xie", f"{page}/remind", quarter="1", words="電話")
    for quarter in "1234":
        post("cheng", f"{page}/quarter", quarter=quarter, spent="200,000")
    assert as_("cheng").post(f"{page}/quarter", {"quarter": "4", "spent": "多"}).status_code == 422
    assert as_("bo").get(page).status_code == 404
    post("xie", f"{page}/settle")
    assert "150,000元" in text("cheng", page)
    post("cheng", f"{page}/returned", amount="150,000", on="115/2/20", paper="乙號")
    assert "80.0%" in text("cheng", "/funds?year=114")
    assert Execution.objects.count() == 4
    assert as_("xie").get("/funds?year=abc").status_code == 200


def test_undecided_is_said_and_sums_do_not_pretend(office: Office) -> None:
    office.treasury.grant(office.line, what="人事費")
    page = text("cheng", "/funds")
    assert "未定（1項）" in page
    assert "未定" in text("cheng", "/funds/tiers")


def test_pay_to_the_day(office: Office) -> None:
    ask = "/submissions/pay?since_on=107/1/8&on={}&failed=3&scheme=protection"
    before, then = text("cheng", ask.format("110/1/7")), text("cheng", ask.format("110/1/8"))
    assert "依實際經歷調降薪點" in before
    assert "360薪點，每月48,096元" in then
    assert "未定" in text("cheng", ask.format("115/1/8"))
    for odd in ("?on=99/1/1&scheme=protection", "?since_on=abc&scheme=protection", "?scheme=x", "?scheme=private",
                "?since_on=110/1/1&until_on=109/1/1&scheme=private"):  # fmt: skip
        assert as_("cheng").get(f"/submissions/pay{odd}").status_code == 200


def test_posts_change_by_a_form_with_its_letter(office: Office) -> None:
    given = {"county": "99001", "kind": "supervisor", "change": "＋2名", "from_on": "115/7/1", "letter": "丙號",
             "dated_on": "115/6/1", "because": "一中心一督導"}  # fmt: skip
    assert as_("cheng").post("/submissions/posts/change", given).status_code == 403
    assert as_("xie").post("/submissions/posts/change", {**given, "change": "兩名"}).status_code == 422
    post("xie", "/submissions/posts/change", **given)
    assert PostChange.objects.get().change == 2


def test_results_are_shown_to_all_once_published(office: Office) -> None:
    one = office.write()
    actions.send(submission_id=one.id, by=office.be("cheng"))
    actions.check(submission_id=one.id, missing=[], by=office.be("xie"))
    told = Opinion(outcome="approved", opinion="符合。")
    actions.propose_review(submission_id=one.id, given=told, by=office.be("xie"))
    actions.decide_review(submission_id=one.id, agreed=True, by=office.be("lan"))
    letter = LetterGiven(number="丁號", dated_on=date(2026, 6, 1), posts_from_on=date(2027, 1, 1))
    actions.write_letter(submission_id=one.id, given=letter, by=office.be("xie"))
    assert as_("bo").get(of(office)).status_code == 404
    post("xie", f"/submissions/calls/{office.call.id}/results")
    assert "3,000,000元" in text("bo", of(office))
    assert "第1項內容" not in text("bo", of(office))


def test_an_extension_for_all_is_a_chiefs(office: Office) -> None:
    path = reverse("submissions:extend", args=[office.call.id])
    given = {"new_due_on": "115/7/3", "asked_by": "各地方政府", "asked_at_day": "115/6/1", "asked_at_time": "09:30",
             "reason": "作業時程需求", "answer": "第4次專案會議"}  # fmt: skip
    assert as_("xie").post(path, given).status_code == 403
    answer = as_("lan").post(path, given)
    assert answer.status_code == 302, answer.content.decode()
    assert "全部縣市" in text("cheng", f"/submissions/calls/{office.call.id}")


def test_documents_are_uploaded_taken_out_and_fetched_by_the_forms(office: Office) -> None:
    path = of(office)
    for name in ("計畫.pdf", "附表.ods"):
        post("cheng", f"{path}/part/{office.part(1)}", words="", attached="",
             file=SimpleUploadedFile(name, name.encode(), "application/pdf"))  # fmt: skip
    keep, drop = Document.objects.order_by("recorded_at", "id")
    post("cheng", f"{path}/part/{office.part(1)}", words="", attached="", gone=[drop.id])
    shown = text("cheng", path)
    assert "計畫.pdf" in shown
    assert "附表.ods" not in shown
    file = as_("cheng").get(f"{path}/documents/{keep.id}")
    assert (file.content, file["Content-Type"]) == ("計畫.pdf".encode(), "application/octet-stream")
    assert as_("xie").get(f"{path}/documents/{keep.id}").status_code == 404
    empty = {"words": "", "attached": "", "file": SimpleUploadedFile("空.pdf", b"")}
    assert as_("cheng").post(f"{path}/part/{office.part(1)}", empty).status_code == 422
