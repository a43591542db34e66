"""Timings of the program, as ratios within one run: `python -m tests.bench --output docs/performance.md`."""
