"""Factories build rows through the same services that the shop uses, so that every invariant holds."""
