"""The only writes of the front door."""

from .persons import add_pair, add_to_report
from .receiving import receive_report

__all__ = ["add_pair", "add_to_report", "receive_report"]
