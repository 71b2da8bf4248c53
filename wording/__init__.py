"""How we say it: findings turned into text, tables, pages and cards. Pure: nothing here sends or reads."""
