"""What other features may ask of the municipality, by use case."""
