"""What files say: agreements, term dates, closed days and exported calendars, turned into models.

Every fault names the file, the line where there is one, and the cure; one bad file or row never hides
the others.
"""
