"""Loads, checks and evaluates the checklist content of ../checklists; has no tables."""
