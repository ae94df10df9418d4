"""The demonstration: three meetings as plain data, and the builder that plays them through the services.

`kassel` retells a real meeting from known facts; everything else is invented and uses addresses on example.org and
example.net. The data modules hold no logic and import nothing but `shapes`; `pictures` draws, `files` writes downloads,
`people_names` invents participants. All of it is deterministic.
"""
