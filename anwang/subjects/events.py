"""What happens to a request, as `policy/events.yaml` calls it."""

RECEIVED = "subject_request.received"
EXTENDED = "subject_request.extended"
ANSWERED = "subject_request.answered"
