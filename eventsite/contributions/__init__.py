"""What speakers send by their personal link: profile, words of their items, needs, consents, materials, mails to a group."""
