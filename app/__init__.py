"""What people use: the command line, the services behind it, and later the explorer."""
