"""Published figures held beside a model: files of figures and their errors."""
