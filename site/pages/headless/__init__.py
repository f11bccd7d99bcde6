"""What a front end of its own needs to show the shop's pages."""
