"""The demo shop as pure data: what `seed_db` makes into collections, products, pages, customers and orders.

Nothing here knows the database. Everything is generated from the word lists in `words/` and a seed, so
that two machines get the same shop to the last comma.
"""
