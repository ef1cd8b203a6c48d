"""Ratios measured in one run, each with the command that repeats it: `python -m benchmarks --help`."""
