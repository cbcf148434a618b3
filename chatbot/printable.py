"""Text from anywhere, made safe to show and write: what steers a screen or reverses text is left
out, and what is no character, which no XML may hold."""

import unicodedata

HIDDEN = {"Cc", "Cf", "Cs"}  # Unicode categories: control, format (bidi marks), lone surrogate


def printable(text: str) -> str:
    """Return the text without control, format, surrogate and noncharacters; a newline stays."""
    if text.replace("\n", "").isprintable():  # nearly every text, and far quicker to tell
        return text
    return "".join(
        character
        for character in text
        if character == "\n"
        or not (unicodedata.category(character) in HIDDEN or _is_noncharacter(ord(character)))
    )


def _is_noncharacter(code: int) -> bool:
    """Say whether a code point never stands for a character (Unicode 16, section 23.7)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
