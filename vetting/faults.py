"""What a log keeps of a fault: its type and the places it passed, and never its words.

The words of a fault may quote what it stumbled over, as a failed conversion quotes the cell. No log is a place for what
a worker said.
"""

import logging
import traceback
from typing import Any


def keep_words_out_of_logs() -> None:
    """From now on in this process, whoever logs a fault: the house, Streamlit or another library."""
    logging.setLogRecordFactory(_WithoutWords)


def places(fault: BaseException) -> str:
    """Type and traceback of a fault, then of the faults it came from: code, and no values."""
    told: list[str] = []
    seen: list[BaseException] = []
    at: BaseException | None = fault
    while at is not None and at not in seen:
        seen.append(at)
        told += [f"{type(at).__module__}.{type(at).__qualname__}\n", *traceback.format_tb(at.__traceback__)]
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "".join(told).rstrip()


class _WithoutWords(logging.LogRecord):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.exc_info and self.exc_info[1]:
            self.exc_text, self.exc_info = places(self.exc_info[1]), None
