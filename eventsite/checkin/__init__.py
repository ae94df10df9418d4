"""Who was really there: presence on the day, the base of figures and certificates."""
