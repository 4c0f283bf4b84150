"""Planting schemes and look-alikes into a city, with the actors, paths and rows that prove them."""
