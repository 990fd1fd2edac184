"""Ids are made here, not by the database: UUIDv7 text, so that they sort by the moment they were made."""

from uuid6 import uuid7


def new_id() -> str:
    return str(uuid7())
