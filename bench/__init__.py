"""Benchmarks: `python -m bench` prints a line a figure and writes bench/latest.json."""
