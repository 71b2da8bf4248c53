"""A Microsoft 365 that fits on a laptop, for the demo and the tests. Imports nothing of ours."""
