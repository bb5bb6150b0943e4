"""What holds for measures, without a database."""
