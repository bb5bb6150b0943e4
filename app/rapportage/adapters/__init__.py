"""What reports write and ask of other programs."""
