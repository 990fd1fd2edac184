"""Is a person named in this free text? By common names, and by the words that stand beside names; without a model.

A false alarm refuses a partner's whole file, so one unknown capitalised word is never enough: agencies, places and
months are capitalised too. What that finds and misses is measured in docs/personal-data.md.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.lookup import country_code
from schemas.person_words import CommonName, common_names, name_words, plain

TOKEN = re.compile(r"[^\s,;:()\[\]{}\"“”«»!?|।/\\&+=<>…–—0-9०-९০-৯٠-٩]+")
ENDINGS = (  # Nepali and Bengali write their postpositions onto the name
    "हरूलाई", "हरूले", "लाई", "सँग", "संग", "बाट", "हरू", "को", "का", "की", "ले", "मा",
    "দেরকে", "দের", "য়ের", "ের", "কে", "রা", "র", "ে",
)  # fmt: skip
BETWEEN = frozenset({"bin", "binti", "bt", "bte", "al", "el", "de", "dela", "der", "van", "thi"})
BLOODLINE = frozenset({"bin", "binti", "bte"})
CLOSE_FOLLOWERS = frozenset({"dai", "didi", "bhai", "bahini"})
STRONG_TITLES = frozenset({"श्री", "सुश्री", "মোঃ", "মো", "মোছাঃ", "মোসাঃ", "জনাব", "السيد", "السيدة", "المدعو"})
THAI = re.compile(
    r"(?:นางสาว|(?<![ก-๙])นาย(?!จ้าง|หน้า|ก|ท้าย|อำเภอ|ทุน|แพทย์|ช่าง)|(?<![ก-๙])นาง(?!แบบ|เอก|พยาบาล)"
    r"|(?<![ก-๙])คุณ(?!ภาพ|สมบัติ|ค่า|ครู|หมอ|ธรรม|วุฒิ|แม่|พ่อ|ต้อง|จะ)|(?:ผม|ฉัน|คนงาน|แรงงาน|เขา|เธอ|ลูกจ้าง)ชื่อ"
    r"(?!บริษัท|อะไร|จริงไม่))\s?[ก-๙]{2,}"
)
CHILD_OF = re.compile(r"\b[sdwSDW]/[oO]\.?\s+[A-Z][a-z]+")
THINGS = 4  # words before "called" in which the thing that is called so may stand


@dataclass(frozen=True)
class Word:
    """`exact` keeps accents; `after_break`: punctuation stands before it. `case`: title, upper, lower or none."""

    text: str
    exact: str
    case: str
    after_break: bool
    start: int

    @property
    def known(self) -> CommonName | None:
        return _known(self.text, self.case)


def names_somebody(text: str, *, place: bool = False) -> bool:
    """`place`: the cell should hold a place, and many are called after people; only whole names count there."""
    text = unicodedata.normalize("NFC", text)
    words = list(_words(text))
    if all(word.case != "lower" for word in words):  # CAPITALS THROUGHOUT say as little as none
        words = [Word(w.text, w.exact, "lower" if w.case == "upper" else w.case, w.after_break, w.start) for w in words]
    return (
        any(_run_names(words, first, last, place=place) for first, last in _runs(words))
        or _listed_pair(words)
        or _in_own_script(words, place=place)
        or _introduced(text, words)
        or THAI.search(text) is not None
        or CHILD_OF.search(text) is not None
    )


def worth_reading() -> str:
    """A pattern (Rust's) that picks texts in which a name may stand, for whole columns at once."""
    beside = name_words("title") | name_words("kin")
    words = {name.name.casefold() for name in common_names().values()} | set(common_names()) | BLOODLINE
    words |= name_words("introducer")
    spaced = _any_of(word for word in words if not _uncased(word))
    attached = _any_of(word for word in words | beside if _uncased(word))
    before = _any_of(word for word in beside if not _uncased(word))
    after = _any_of(CLOSE_FOLLOWERS)
    return (
        rf"(?i:\b(?:{spaced})(?:\b|$)|{attached}|\b[sdw]/o\b)"
        rf"|\b(?i:{before})\b[.,:]?\s+\p{{Lu}}|\p{{Lu}}\w+\s+(?i:{after})\b"
    )


def _words(text: str) -> Iterator[Word]:
    end, broken = 0, True
    for found in TOKEN.finditer(text):
        raw = found[0]
        between = text[end : found.start()]
        broken = broken or re.search(r"[^\s]", between) is not None
        bare = re.sub(r"['’]s$", "", raw.strip(".'’*-_"))
        if bare:
            yield Word(bare, bare.casefold(), _case(bare), broken, found.start())
            # A full stop ends a sentence, except after a short title: Md. Rahim, Mr. Rahim.
            broken = raw.endswith(".") and bare.casefold() not in name_words("title")
            end = found.end()


def _case(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if len(word) > 1 else "title"
    return "title" if word[0].isupper() else "lower" if word[0].islower() else "none"


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Capitalised words in a row, first to last, with the small words that stand inside names."""
    first: int | None = None
    for place, word in enumerate([*words, Word("", "", "end", after_break=True, start=0)]):
        inside = word.case in ("title", "upper") and not (word.after_break and first is not None)
        if inside:
            first = place if first is None else first
        elif first is not None:
            if word.exact in BETWEEN and not word.after_break and _capital(words, place + 1):
                continue
            yield first, place
            first = place if word.case in ("title", "upper") else None


def _capital(words: Sequence[Word], place: int) -> bool:
    return place < len(words) and words[place].case == "title" and not words[place].after_break


def _run_names(words: Sequence[Word], first: int, last: int, *, place: bool) -> bool:
    before, after = _near(words, first - 1, words[first].after_break), _near(words, last, _breaks(words, last))
    if any(_is_thing(word) for word in (before, *words[first:last], after) if word is not None):
        return False
    run = list(words[first:last])
    kin = first > 0 and words[first - 1].exact in name_words("kin")
    title = before is not None and before.exact in name_words("title")
    while run and (_is_title(run[0]) or _is_stop(run[0])):
        kin = run[0].exact in name_words("kin")
        title = _is_title(run[0])
        run.pop(0)
    while run and _is_stop(run[-1]):
        run.pop()
    if not run or _is_country(run):
        return False
    if (title or kin) and _may_be_name(run[0]):
        return True
    if after is not None and after.exact in name_words("follower") and _called_so(run[-1], after):
        return True
    if any(word.exact in BLOODLINE for word in run[1:-1]):
        return True
    return _by_list(run, place=place)


def _by_list(run: Sequence[Word], *, place: bool) -> bool:
    known = [name for word in run if (name := word.known) is not None]
    clear = [name for name in known if name.clear]
    if len(known) > 1 and (clear or _whole(known)):
        return True
    if not clear or place:
        return False
    return clear[0].part == "given" or (len(run) > 1 and not any(_is_stop(word) for word in run))


def _whole(known: Sequence[CommonName]) -> bool:
    """A family name with a name that goes with it, though each may be a word too: Do Van Hung."""
    return len(known) > 2 and {"family", "middle"} <= {name.part for name in known} and known[0].part == "family"


def _listed_pair(words: Sequence[Word]) -> bool:
    """Two listed names in small letters side by side: ram thapa."""
    for one, two in zip(words, words[1:], strict=False):
        if one.case == two.case == "lower" and not two.after_break:
            first, second = one.known, two.known
            if first and second and (first.clear or second.clear) and min(len(one.text), len(two.text)) > 2:
                return not (_is_thing(one) or _is_thing(two))
    return False


def _in_own_script(words: Sequence[Word], *, place: bool) -> bool:
    """Scripts without capitals: only listed names, or any word behind a title that is only a title."""
    for spot, word in enumerate(words):
        if word.case != "none" or _is_stop(word):
            continue
        before, after = _near(words, spot - 1, word.after_break), _near(words, spot + 1, _breaks(words, spot + 1))
        beyond = _near(words, spot + 2, _breaks(words, spot + 2)) if after is not None and after.known else None
        if any(_is_thing(near) for near in (before, word, after, beyond) if near is not None):
            continue
        if before is not None and before.exact in STRONG_TITLES:
            return True
        name = word.known
        if name is None:
            continue
        titled = before is not None and before.exact in name_words("title")
        followed = after is not None and _stem(after.exact) in name_words("follower")
        paired = after is not None and after.known is not None and (name.clear or after.known.clear)
        if titled or followed or paired or (name.clear and not place):
            return True
    return False


def _introduced(text: str, words: Sequence[Word]) -> bool:
    """Words that say a name comes, and then something that can be one."""
    for found in _introducers().finditer(text):
        spot = next((n for n, word in enumerate(words) if word.start >= found.end()), None)
        if spot is None or words[spot].start - found.end() > 3:
            continue
        word = words[spot]
        around = [near for near in words[max(0, spot - THINGS - 2) : spot + 4] if near is not word]
        if any(_is_thing(near) for near in around) or _is_stop(word) or country_code(word.text) is not None:
            continue
        if word.case == "title" or word.known is not None or (word.case == "none" and not _is_thing(word)):
            return True
    return False


@cache
def _introducers() -> re.Pattern[str]:
    told = sorted((re.escape(word) for word in name_words("introducer")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(told)})(?![^\W\d_])", re.IGNORECASE)


def _may_be_name(word: Word) -> bool:
    return word.case == "title" and len(word.text) > 1 and not _is_stop(word) and country_code(word.text) is None


def _called_so(word: Word, follower: Word) -> bool:
    if word.known is not None:
        return True
    return follower.exact in CLOSE_FOLLOWERS and not word.after_break and _may_be_name(word)


def _near(words: Sequence[Word], place: int, broken: bool) -> Word | None:
    return None if broken or not 0 <= place < len(words) else words[place]


def _breaks(words: Sequence[Word], place: int) -> bool:
    return place >= len(words) or words[place].after_break


def _is_title(word: Word) -> bool:
    return word.exact in name_words("title")


def _is_stop(word: Word) -> bool:
    return word.exact in name_words("stop") or word.exact in name_words("kin")


def _is_thing(word: Word) -> bool:
    return word.exact in name_words("company") or word.exact in name_words("place")


def _is_country(run: Sequence[Word]) -> bool:
    return country_code(" ".join(word.text for word in run)) is not None


def _known(text: str, case: str) -> CommonName | None:
    names = common_names()
    key = plain(text)
    return names.get(key) or (names.get(_stem(key)) if case == "none" else None)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", ending) for ending in ENDINGS)


def _stem(word: str) -> str:
    """Without its postposition."""
    ending = next((each for each in _endings() if word.endswith(each) and len(word) > len(each) + 1), "")
    return word.removesuffix(ending)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(re.escape(word) for word in words))


def _uncased(word: str) -> bool:
    return word.lower() == word.upper()
