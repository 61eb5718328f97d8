"""What a worker hands in: safety result per child, investigation report, four-part assessment. Each hand-in stays."""

from django.db import models
from django.db.models import F, Q

from anwang.cases.states import AssessmentForm
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter

from .case import CaseSubject


class SafetyResult(models.Model):
    """安全評估結果 of one child at one time: safe, safe with a plan, unsafe. A refused signature blocks nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    subject = models.ForeignKey(CaseSubject, models.PROTECT, related_name="+")
    result = models.CharField(max_length=16)
    """Code of `safety.result`."""
    plan = models.TextField(blank=True)
    needs_plan = models.BooleanField()
    signature_refused = models.BooleanField(default=False)
    instead = models.CharField(max_length=300, blank=True)
    """Who watches over the child when the carer would not sign."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "subject", "needs_plan", "at", "by", "recorded_at")
        sensitive = ("result", "plan", "signature_refused", "instead")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(needs_plan=False) | ~Q(plan=""), name="safe_with_a_plan_has_a_plan"),
            models.CheckConstraint(
                condition=Q(signature_refused=False) | ~Q(instead=""), name="refused_signature_says_what_instead"
            ),
        ]
        indexes = [models.Index(fields=["matter", "at"], name="safety_results_of_case")]


class Investigation(models.Model):
    """調查報告 as handed in (兒少保護通報處理辦法第7條). Its state is the state of its review."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    class_code = models.CharField(max_length=8)
    """Code of the class; decides which parts are owed."""
    visit_record = models.TextField(blank=True)
    statements = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    result = models.TextField(blank=True)
    enquiries = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "at", "by", "recorded_at")
        sensitive = ("class_code", "visit_record", "statements", "evidence", "result", "enquiries", "advice")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(class_code="one") & ~Q(visit_record="") & ~Q(advice="")
                | Q(class_code="two") & ~Q(statements="") & ~Q(evidence="") & ~Q(result="") & ~Q(advice="")
                | Q(class_code="three") & ~Q(enquiries="")
                | ~Q(class_code__in=["one", "two", "three"]) & ~Q(result=""),
                name="investigation_has_the_parts_of_its_class",
            )
        ]
        indexes = [models.Index(fields=["matter", "recorded_at"], name="investigations_of_case")]


class InvestigationSubject(models.Model):
    """One person of an investigation report: seen or not and why, and the safety result it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    subject = models.ForeignKey(CaseSubject, models.PROTECT, related_name="+")
    must_be_seen = models.BooleanField()
    """Whether the rules of the day wanted the person seen in person (first level)."""
    seen_at = models.DateTimeField(null=True)
    not_seen_because = models.CharField(max_length=24, blank=True)
    safety = models.ForeignKey(SafetyResult, models.PROTECT, null=True, related_name="+")

    class Privacy:
        plain = ("id", "investigation", "matter", "subject", "must_be_seen", "seen_at", "safety")
        sensitive = ("not_seen_because",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(must_be_seen=False) | Q(seen_at__isnull=False) | ~Q(not_seen_because=""),
                name="level_one_seen_or_says_why_not",
            ),
            models.UniqueConstraint(fields=["investigation", "subject"], name="subject_once_in_an_investigation"),
        ]


class Assessment(models.Model):
    """評估報告 in four parts (脆弱家庭辦法第5條): the facts, the needs, the goals, the plan."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, choices=AssessmentForm.choices)
    facts = models.TextField()
    needs = models.TextField()
    goals = models.TextField()
    plan = models.TextField()
    index_proposed = models.CharField(max_length=8, blank=True)
    """What the vulnerability index answered, if it was asked."""
    index_chosen = models.CharField(max_length=8, blank=True)
    index_because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "form", "at", "by", "recorded_at")
        sensitive = ("facts", "needs", "goals", "plan", "index_proposed", "index_chosen", "index_because")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(facts="") & ~Q(needs="") & ~Q(goals="") & ~Q(plan=""), name="assessment_has_four_parts"
            ),
            models.CheckConstraint(
                condition=Q(index_chosen=F("index_proposed")) | ~Q(index_because=""),
                name="another_index_says_why",
            ),
        ]
        indexes = [models.Index(fields=["matter", "recorded_at"], name="assessments_of_case")]
