"""The conference itself: hosts, venue, rooms, free pages and the dates from which its phase is derived."""
