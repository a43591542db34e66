"""Money and land of a year: what comes in, what is owed, what projects and policies may spend."""
