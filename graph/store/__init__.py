"""Graph engines behind one small interface: a Writer that applies canonical tables, a View that reads them."""
