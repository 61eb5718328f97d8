"""A referral: what is asked of another system for somebody of a case, on which ground, and what came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When

from anwang.cases.models.derived import Derived
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.referrals.states import WITH_SENDER, ReferralState, StepKind

from .transition import Transition


class Referral(models.Model):
    """轉介. Shares the key of its matter. The sender answers for it until somebody has taken it on.

    The receiver reads this and nothing of the case: whom it is about stands here as the sender wrote it. `waits_on`
    is the case while nobody has taken the referral on; a deferred key holds the case open as long.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(expression=Value("referral"), output_field=models.CharField(max_length=16), db_persist=True)
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    to_kind = models.CharField(max_length=32)
    """Code of `referral.kinds`."""
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who is asked now, or was asked last."""
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=120)
    """Whom it is about, as the receiver reads it."""
    born = models.CharField(max_length=20, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    """How to reach the person safely, in the sender's words; never a place in hiding."""
    topic = models.CharField(max_length=40)
    """Code of `joining.topics`: the issue."""
    asks = ArrayField(models.CharField(max_length=32))
    """Codes of `referral.asks`."""
    words = models.TextField()
    urgency = models.CharField(max_length=16)
    basis = models.CharField(max_length=16)
    basis_on = models.DateField(null=True)
    """Since when there is consent."""
    basis_words = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField(null=True)
    """轉銜: accepted before, taken over on the day."""
    transition = models.ForeignKey(Transition, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.PREPARED)
    sent_at = models.DateTimeField(null=True)
    """First sending: what the clock of answering counts from, whoever is asked afterwards."""
    accepted_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True)
    proposed = models.CharField(max_length=16, blank=True)
    """What the indicators said; `differs_because` why a person refers all the same."""
    rule_id = models.CharField(max_length=80, blank=True)
    rule_from = models.DateField(null=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    inputs = models.JSONField(default=dict)
    differs_because = models.CharField(max_length=300, blank=True)
    opened_case = models.UUIDField(null=True)
    """The receiver's own case, where it opened one here."""
    recorded_at = models.DateTimeField()
    waits_on = Derived(
        expression=Case(When(state__in=sorted(WITH_SENDER), then=F("case"))), output_field=models.UUIDField(null=True),
        db_persist=True,
    )  # fmt: skip

    class Privacy:
        plain = (
            "id", "matter_kind", "case", "to_kind", "to_unit", "topic", "asks", "urgency", "basis", "basis_on",
            "effective_on", "transition", "state", "sent_at", "accepted_at", "met_at", "ended_at", "outcome",
            "proposed", "rule_id", "rule_from", "rule_hash", "recorded_at", "waits_on",
        )  # fmt: skip
        linked = ("person", "opened_case")
        personal = ("about", "born", "reach", "basis_words")
        sensitive = ("words", "inputs", "differs_because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReferralState.values), name="referral_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.ENDED) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="referral_ends_with_an_outcome",
            ),
            models.CheckConstraint(condition=~Q(about="") & ~Q(words=""), name="referral_says_whom_and_what"),
            models.CheckConstraint(condition=Q(asks__len__gt=0), name="referral_asks_something"),
            models.CheckConstraint(
                condition=~Q(basis__in=["consent", "guardian"]) | Q(basis_on__isnull=False),
                name="consent_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="referrals_of_case"),
            models.Index(fields=["to_unit", "state"], name="referrals_to_unit"),
        ]


class ReferralStep(models.Model):
    """What was said or done about a referral, once, in order. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    case = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    code = models.CharField(max_length=40, blank=True)
    """A reason, a result: code of the list that belongs to the kind."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """Whose step it is; of a receiver without accounts, entered by somebody else."""
    words = models.CharField(max_length=1000, blank=True)
    ref = models.CharField(max_length=80, blank=True)
    """Who there, and the number called or that of the letter, where it was entered by proxy."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "referral", "case", "kind", "code", "unit", "ref", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="referral_step_known")]
        indexes = [models.Index(fields=["referral", "at"], name="steps_of_referral")]
