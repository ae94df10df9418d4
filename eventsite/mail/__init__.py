"""The outbox: every mail is a row with a cause, written in the transaction of what caused it and sent once per cause."""
