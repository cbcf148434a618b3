"""Benchmarks of the product: its start-up and warm questions, and beside its peers."""
