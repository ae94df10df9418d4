"""The house rules as tests; each has a planted violation that shows that it can fail."""
