"""Forum reps by mail: what they are told, when, and what of theirs is carried to others."""
