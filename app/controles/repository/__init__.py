"""Queries of the field; what a caller may see is decided here."""
