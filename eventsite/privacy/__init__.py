"""What we hold about a person: inventory of every table for copy, export and erasure, and retention classes."""
