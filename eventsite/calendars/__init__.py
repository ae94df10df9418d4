"""Calendar feeds: stable UIDs, SEQUENCE that moves entries, tombstones for what was cancelled (RFC 5545, 5546, 7986)."""
