"""How long things are kept, and what is held about somebody: the nightly tidying, the export and the erasing."""
