"""Text from anywhere, made safe to show: what steers a screen or reverses text is left out."""

import unicodedata

HIDDEN = {"Cc", "Cf", "Cs"}  # Unicode categories: control, format (bidi marks), lone surrogate


def printable(text: str) -> str:
    """Return the text without control, format and surrogate characters; a newline stays."""
    if text.replace("\n", "").isprintable():  # nearly every text, and far quicker to tell
        return text
    return "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in HIDDEN
    )
