"""The tabs of the page: each module wires one, and decides nothing."""
