"""Measures of the gold sets, runs of every method, benchmarks of speed and memory."""
