"""Deciding which records are one entity: hard keys first, then names within a unit; a bare name never joins."""
