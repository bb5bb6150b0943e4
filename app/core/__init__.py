"""What every feature stands on: settings, database, sign-in, errors, audit, crypto, clock, HTTP, jobs. Knows no domain noun."""
