"""FHIR R4 messages of the social-affairs draft guide (TWSS Base 0.0.1)."""
