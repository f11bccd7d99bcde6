"""A stand-in for Razorpay: its HTTP API, its checkout window and its webhooks, with no money behind them.

It is a process of its own and shares no code with the shop: what the two agree on is Razorpay's published
contract.
"""
