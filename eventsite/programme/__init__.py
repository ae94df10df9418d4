"""What happens: items, rounds of parallel workshops, speakers. The public sees releases only, never the draft."""
