"""Mails: the same words as text and as HTML that any mail program shows, on a phone first."""
