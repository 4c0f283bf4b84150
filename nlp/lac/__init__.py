"""A tagger of Chinese words and names: LAC's weights, computed with numpy."""
