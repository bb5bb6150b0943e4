"""Rules of reports: pure."""
