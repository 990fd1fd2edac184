"""The command line's door: carry the command out here, or let the process that owns the database do it."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from vetting.command_socket import NobodyAnswers, Outcome, ask
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter
from vetting.faults import places
from vetting.refusals import Refusal
from vetting.store.connect import StoreLocked

PATIENCE = 5.0  # seconds: another command may have the file for a moment


def main() -> int:
    try:
        outcome = _deliver(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # its words may quote a cell, so only its kind and places are told
        sys.stderr.write(f"Something went wrong in the program. Please report these lines:\n{places(fault)}\n")
        return 1
    try:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        sys.stdout.write(outcome.out)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(outcome.err)
    return outcome.code


def _deliver(argv: list[str]) -> Outcome:
    """Try to open the file; finding it in use, ask its owner; finding nobody there, try for a little while."""
    until = time.monotonic() + PATIENCE
    while True:
        counter = Counter(folder=Path.cwd(), now=datetime.now(UTC).replace(tzinfo=None), environ=os.environ)
        try:
            return carry_out(argv, counter)
        except StoreLocked:
            try:
                return ask(counter.address().desk, argv, counter.folder)
            except NobodyAnswers as nobody:
                if time.monotonic() > until:
                    return Outcome("", f"{nobody}\n", 1)
            except Refusal as refusal:
                return Outcome("", f"{refusal}\n", 1)
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
