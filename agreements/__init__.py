"""The starting copy of what people edit: agreements, term dates, closed days and wording."""
