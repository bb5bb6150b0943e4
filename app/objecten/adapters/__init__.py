"""Readers of files: bytes in, rows out that are right or say what is wrong."""
