"""What other features and the routes may ask of the field, by use case."""
