"""Addresses of the guide: code systems, extensions and identifier systems, as published in TWSS Base 0.0.1."""

TWSS = "https://sfaa.gov.tw/base"
REPORT_TYPE = f"{TWSS}/StructureDefinition/twss-case-report-type"
REPORTING_UNIT = f"{TWSS}/StructureDefinition/twss-reporting-unit"
CASE_SOURCE = f"{TWSS}/StructureDefinition/twss-case-source"
BIRTH_UNKNOWN = f"{TWSS}/StructureDefinition/twss-birth-date-unknown"
BIRTH_BEFORE_ROC = f"{TWSS}/StructureDefinition/twss-birth-date-before-roc"

NATIONAL_ID = "http://www.moi.gov.tw"
RESIDENT = "http://www.immigration.gov.tw"
PASSPORTS = ("http://hl7.org/fhir/sid/passport-TWN", "http://www.boca.gov.tw")

NUMBERS = "urn:anwang:report"
"""System of our own numbers of reports in what we write."""

CASE_REPORT_CODES = {("http://snomed.info/sct", "710824005")}
CASE_REPORT_CATEGORY = ("http://snomed.info/sct", "185087000")

MANDATED = "2"
"""twss-case-report-type: 責任通報."""
