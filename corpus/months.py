"""The Dutch names of the months, as patterns (case to be ignored)."""

MONTH_NAMES = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
)
"""Written out; to be put between brackets."""
MONTHS = rf"(?:{MONTH_NAMES}|(?:jan|febr?|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?)"
"""Written out or short. Beside a number "dec" is a month; elsewhere only the whole name is."""
