"""The outbox: each mail is a row written in the transaction of what caused it, and sent once per cause."""
