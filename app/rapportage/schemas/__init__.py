"""API shapes of reports."""
