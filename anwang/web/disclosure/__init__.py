"""Looking across agencies, requests for contents, emergency openings and their reviews, figures of use, receipts."""
