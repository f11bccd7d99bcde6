"""Invoices and credit notes on paper: A4, as PDF. What is printed is all in the rows; nothing is worked out here."""
