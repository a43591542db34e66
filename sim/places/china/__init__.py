"""What is China's own: national schedules, names of provinces, how residence and registration are split."""
