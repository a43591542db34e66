"""What the trend said of the years since the base year's census, beside the figures published since."""
