"""Pure rules of the field: life cycle, powers, merging, receipts, signals, flags. No database, no clock."""
