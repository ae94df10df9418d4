"""Lets `python -m eventsite` do what the `eventsite` command does."""

from eventsite.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
