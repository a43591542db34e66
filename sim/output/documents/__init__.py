"""Documents that commands of the program write."""
