"""When are two spellings the same word?

Case, accents and the marks that writers leave out make no difference. The vowel signs of Devanagari, Bengali and Thai
do: they are letters, and a word without them is another word.
"""

import unicodedata

# Left out: Latin accents, the vowel points and the lengthening stroke of Arabic, the dot below of Devanagari.
LEFT_OUT = (*range(0x0300, 0x0370), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, 0x0640, 0x093C)
# Written one way or the other by the same hand.
SAME = {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}
FOLDED = str.maketrans({chr(sign): None for sign in LEFT_OUT} | SAME)


def folded(text: str) -> str:
    """`Ngày`, `ngay` and `NGÀY` are one word."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKD", text.casefold()).translate(FOLDED)


def plain_words(text: str) -> str:
    """The folded words with one space between them; punctuation and invisible signs are gone."""
    return " ".join("".join(_letter(sign) for sign in folded(text)).split())


def plain_letters(text: str) -> str:
    """The folded letters and digits alone: `Interview  Date*` and `interview_date` are the same."""
    return "".join(_letter(sign) for sign in folded(text)).replace(" ", "")


def _letter(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf":  # joiners and marks of direction stand within words
        return ""
    return sign if category[0] in "LMN" else " "
