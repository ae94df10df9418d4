"""eventsite: the site a professional conference lives on, from the save-the-date to the documentation that remains."""
