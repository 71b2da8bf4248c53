"""What a signed link opens: looking changes nothing, and a press acts once."""
