"""Retold: how one wire story is retold, as a dataset that people can read, query and annotate."""

__version__ = "0.1.0"
