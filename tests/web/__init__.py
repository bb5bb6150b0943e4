"""The tablet app in a real browser against the real service."""
