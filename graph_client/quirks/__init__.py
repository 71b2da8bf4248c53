"""What Microsoft 365 does differently from what one would expect: one module a defect, named by it."""
