"""Understanding Chinese text and the values in it; imports no other room."""
