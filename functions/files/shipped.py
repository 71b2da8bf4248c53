"""Where the starting copies lie that people edit: the agreement and the dates that serve when none is named."""

from pathlib import Path

AGREEMENTS = Path(__file__).parents[2] / "agreements"
AGREEMENT = AGREEMENTS / "lancashire-2024.yaml"
TERMS = (AGREEMENTS / "term-dates.csv", AGREEMENTS / "term-dates-schools.csv")
CLOSED_DAYS = AGREEMENTS / "closed-days.csv"
WORDING = AGREEMENTS / "wording.yaml"
