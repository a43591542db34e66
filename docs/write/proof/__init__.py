"""Whether posteriors hold the truth as often as they say, found by fitting data that the model made."""
