"""Where papers are looked for: each group by its own route."""
