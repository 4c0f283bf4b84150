"""What the command line and the pages share; each service takes a scope."""
