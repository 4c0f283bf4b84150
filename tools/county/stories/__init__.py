"""Schemes and their look-alikes, one module for each saved query."""
