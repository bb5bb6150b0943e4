"""The API shapes of the field."""
