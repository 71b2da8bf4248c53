"""Who is to hear what: owed, held, worded at the last moment, sent, written down."""
