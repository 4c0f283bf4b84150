"""Generated data, measurements and baselines; nothing in the product imports this."""
