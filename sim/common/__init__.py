"""The words that everything else uses: languages, errors, units, numbers, paths."""
