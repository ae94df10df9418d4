"""Call for workshops: proposals from outside, read and rated by the team, decided in one batch, landing in the programme.

Words: a *call* says what may be proposed until when; a *proposal* is what somebody sent; a *decision* is prepared first
and told to everybody at once; an accepted proposal *lands* in the programme as an item with its people, exactly once.
Promises: nobody needs an account to propose; nobody learns of a decision before the batch is sent; what was not
accepted is forgotten in time.
"""
