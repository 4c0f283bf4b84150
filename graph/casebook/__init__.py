"""What people and detection runs leave behind, in SQL."""
