"""Instruments without a feature: database, clock, ids, languages, jobs, storage and one door for each foreign library."""
