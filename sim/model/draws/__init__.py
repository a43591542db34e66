"""What differs between draws: distributions, their design, keyed noise, and the values of a block."""
