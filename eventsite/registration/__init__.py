"""Who comes: registrations with their status history, versioned questions and consents, places and waiting list.

A place or waiting position is taken at once and held until the confirmation link expires; confirming never loses it.
Promotion runs after every release of a place, by whomever. Promises: no seat is given twice; acknowledged means kept.
"""
