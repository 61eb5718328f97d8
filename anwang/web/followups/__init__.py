"""Contacts by schedule: a case's windows, levels and reasons; my calendar and its address; figures."""
