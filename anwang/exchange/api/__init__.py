"""The JSON and FHIR interface to other systems: one light path from the socket to `receive_report`."""
