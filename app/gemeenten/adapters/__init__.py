"""Readers of files: municipality profile, seeds of norms and lists, areas."""
