"""The files that a partnership is run from: agreement, dates and wording, and the last good ones."""
