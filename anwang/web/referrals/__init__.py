"""Referrals: what was asked of us and by us, one of them, who receives what; transitions; notices of coming home."""
