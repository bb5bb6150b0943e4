"""The municipality: profile, dated norms, regions, teams, designations, partners, on-call roster, accounts, tasks."""
