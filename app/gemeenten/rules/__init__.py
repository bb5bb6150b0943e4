"""Pure rules of the municipality: roles, rights, designations."""
