"""Addresses on the web, read only when a user names them."""
