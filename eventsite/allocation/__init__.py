"""Who sits in which workshop: exact, fair by a published rule, with a certificate and an explanation for everyone.

The engine (rules, solvers, checker, explain, files) is pure: no Flask, no database. The service feeds it and keeps runs.
"""
