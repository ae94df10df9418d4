"""Persons, organisers' accounts and roles, and the one personal-link model.

Participants and speakers have no account but a personal secret link: derived from the link's public id, its purpose and
generation and a key kept apart from the database. Re-sending repeats it, revoking raises the generation.
"""
