"""What is true with the cable unplugged: the agreement, the days, the terms, the facts and the rules.

No module here reads a file, a clock or the network, or knows who is told what and how.
"""
