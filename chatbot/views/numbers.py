"""Numbers as people in Flanders write them: 1.234.567,5."""


def dutch(number: float, decimals: int) -> str:
    """Return a number with points between thousands and a comma before its decimals."""
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
