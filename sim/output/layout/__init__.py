"""How pages are laid out: values and parts as data, and the templates that make one HTML file of them."""
