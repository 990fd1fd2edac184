"""When are two spellings the same name? Exactly: after folding capitals, accents, punctuation and spaces."""

import re
import unicodedata
from functools import lru_cache

ASCII_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=100_000)  # a search folds every name of the registers again
def fold_name(text: str) -> str:
    """`PT. Prima  Duta-Sejati` and `pt prima duta sejati` fold alike. Nothing is guessed: no word is dropped.

    Latin accents go; the vowel signs of Devanagari, Bengali or Arabic script are letters and stay.
    """
    if text.isascii():
        return " ".join(ASCII_WORD.findall(text.casefold()))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f").casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in plain).split())
