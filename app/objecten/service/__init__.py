"""What other features may ask of the stock, by use case."""
