"""Pictures and downloads: nothing is published without credit, licence, alt text and a kind of consent.

The original of a picture is never served; what leaves are derivatives made in the background, without metadata.
"""
