"""Recognising: a source as read becomes records. Labels decide, never places; nothing is corrected or invented."""

from fundtrace.recognising.document import recognise

__all__ = ["recognise"]
