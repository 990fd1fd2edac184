"""Everything a house leaves behind: its log, its exports, and what its desk keeps of acts, problems and errors."""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from vetting.store import open_store

# Where the desk keeps worker references and partners' numbers to count each worker once: shown to nobody.
KEPT_TO_COUNT = {"repeat", "block_report"}


def desk_of(backup: Path) -> dict[str, str]:
    """Every table of the desk as text: trail, problems, jobs with their errors, answers, cases and all else."""
    store = open_store(backup)
    try:
        db = store.cursor()
        listed = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'desk' ORDER BY table_name"
        names = [table for (table,) in db.execute(listed).fetchall() if table not in KEPT_TO_COUNT]
        return {f"desk.{each}": str(db.execute(f"SELECT * FROM desk.{each}").fetchall()) for each in names}
    finally:
        store.close()


def files_in(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.iterdir())}


def said_by(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def found(secrets: Iterable[str], left: Mapping[str, str]) -> set[tuple[str, str]]:
    """Which secret stands where."""
    return {(secret, where) for secret in secrets for where, text in left.items() if secret in text}
