"""Tests of the checklist content and its pure rules."""
