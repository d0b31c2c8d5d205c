"""Asking other hosts: a polite client that goes to public addresses only."""
