"""What was established at a place: findings with barrier, item and checklist version."""
