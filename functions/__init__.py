"""When something runs, and in which order: triggers, and the steps of a check, a review and a delivery."""
