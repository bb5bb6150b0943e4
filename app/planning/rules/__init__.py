"""Norm states as pure rules: what counts, what is due, what is in danger. No database, no clock."""
