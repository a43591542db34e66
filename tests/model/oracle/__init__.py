"""The year of a county in NumPy, array by array: what the compiled rules are held against."""
