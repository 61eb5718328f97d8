"""What happens to matters here, by the names of `policy/events.yaml`."""

OPENED, REVIEWED = "break_glass.opened", "break_glass.reviewed"
ASKED, ANSWERED = "disclosure.asked", "disclosure.answered"
