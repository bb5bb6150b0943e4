"""Rules of the stock: terms, numbers, addresses, opening hours, rows of an import. Pure."""
