"""Learning base rates from two censuses, and the national schedules the program carries."""
