"""The desk of meetings of policy (政策會議): minutes brought or drafted, looked through, sent, confirmed."""
