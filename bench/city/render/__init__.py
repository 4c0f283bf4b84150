"""Writing the facts of a city down, as offices do: registers with gaps, mixed forms and a few spoiled rows."""
