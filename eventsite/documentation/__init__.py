"""What came out of it: typed blocks beside the programme, one pure Document tree, and from it page, PDF and JSON.

Page and PDF cannot disagree, because both are made from the same frozen tree of a published version.
"""
