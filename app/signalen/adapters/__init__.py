"""What signals read from outside the database."""
