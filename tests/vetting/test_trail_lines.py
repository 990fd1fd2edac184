"""The trail as a file: SHA-256 alone proves it, and whatever is done to it is named at its first line."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import PUBLIC, Viewer
from vetting import trail
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Moment, Store, act
from vetting.trail.lines import Exported, export_trail, exported_bytes, verify_file

ADMIN = Viewer(role=Role.ADMIN, actor="noor@body.example")
REVIEWER = Viewer(role=Role.REVIEWER, actor="ines@body.example")
REASONS = (None, "", "Ünal: “5 % less”", "a\nline and a \\ and a\ttab", "সত্য পথ", '","previous_hash":"', "\u2028")


@pytest.fixture
def filled(store: Store, now: datetime) -> Store:
    """One entry for each reason that could upset a line."""
    for reason in REASONS:

        def deed(_: Moment, reason: str | None = reason) -> tuple[Entry, None]:
            return Entry(action=Action.SETTING_SET, subject="s", after={"value": reason}, reason=reason), None

        act(store, deed, actor="ada", via=Via.PAGE, now=now)
    return store


def exported(store: Store, folder: Path, now: datetime, **stretch: int) -> Path:
    path = folder / f"trail{len(list(folder.glob('*.jsonl')))}.jsonl"
    export_trail(store, ADMIN, path, via=Via.CLI, now=now, **stretch)
    return path


def verified(path: Path, head: str | None = None) -> trail.Proof:
    with path.open("rb") as lines:
        return verify_file(lines, head)


def test_a_line_s_sha256_is_its_entry_s_hash_and_the_next_line_names_it(filled: Store, tmp_path: Path, now):
    head = trail.head(filled.cursor())
    assert head is not None
    previous = trail.GENESIS
    lines = exported(filled, tmp_path, now).read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert len(lines) == len(REASONS)
    for line, reason in zip(lines, REASONS, strict=True):
        said = json.loads(line)
        assert (said["previous_hash"], said["reason"]) == (previous, reason)
        previous = hashlib.sha256(line).hexdigest()
    assert previous == head.hash


def test_a_shell_and_sha256sum_are_enough(filled: Store, tmp_path: Path, now):
    """The lines of docs: nothing of this program is needed."""
    by_hand = r"""
    head=0000000000000000000000000000000000000000000000000000000000000000
    while IFS= read -r line; do
      case "$line" in *'"previous_hash":"'$head'"'*) ;; *) echo "does not follow: $line"; exit 1;; esac
      head=$(printf %s "$line" | sha256sum | cut -c1-64)
    done < "$1"
    echo "$head"
    """
    path, newest = exported(filled, tmp_path, now), trail.verify(filled.cursor(), None)
    ran = subprocess.run(["sh", "-c", by_hand, "sh", str(path)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert verified(path, ran.stdout.strip()) == trail.Proof(ran.stdout.strip(), None, len(REASONS), 0)
    assert newest.entries == len(REASONS) + 1, "the export itself is on the trail, after what it holds"


def test_the_export_is_on_the_trail_with_what_it_held(filled: Store, tmp_path: Path, now):
    path = exported(filled, tmp_path, now, first=2, last=4)
    newest = trail.head(filled.cursor())
    assert newest is not None
    assert (newest.action, newest.actor) == (Action.TRAIL_EXPORT, ADMIN.actor)
    held = json.loads(newest.after or "")
    assert held == {"first": 2, "last": 4, "head": hashlib.sha256(path.read_bytes().splitlines()[-1]).hexdigest()}


def test_a_stretch_proves_itself_and_says_where_it_begins(filled: Store, tmp_path: Path, now):
    whole, part = exported(filled, tmp_path, now), exported(filled, tmp_path, now, first=3, last=5)
    lines = whole.read_bytes().splitlines()
    found = verified(part)
    assert (found.flaw, found.first, found.entries) == (None, 3, 3)
    assert verified(part, hashlib.sha256(lines[1]).hexdigest()).after == 3, "the entry before it is known too"
    assert verified(part, hashlib.sha256(lines[0]).hexdigest()).flaw is not None


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[3].replace(b'"ada"', b'"eve"'), *lines[4:]]


def forged(lines: list[bytes]) -> list[bytes]:
    """A line of one's own after the third, chained to it rightly; the rest as it was, but numbered on."""
    previous = hashlib.sha256(lines[2]).hexdigest()
    moment = json.loads(lines[2])["recorded_at"][:-1] + "9"
    own = json.loads(lines[3]) | {"actor": "eve", "previous_hash": previous, "recorded_at": moment}
    rest = [json.loads(line) for line in lines[3:]]
    return [*lines[:3], written(own), *[written(each | {"seq": each["seq"] + 1}) for each in rest]]


def written(said: dict) -> bytes:
    return trail.canonical(said).encode()


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (edited, "Entry 5 does not follow entry 4: one of the two was rewritten"),
        (forged, "Entry 4 was inserted or moved: entry 5 was written to follow entry 3."),
        (lambda lines: [*lines[:3], *lines[4:]], "Entry 4 is missing"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "Entry 4 is missing"),
        (lambda lines: [*lines[:3], lines[2], *lines[3:]], "Entry 3 was inserted"),
        (lambda lines: [*lines[:3], b"", *lines[3:]], "What stands after entry 3 is no entry"),
        (lambda lines: [*lines[:3], lines[3][:-20]], "What stands after entry 3 is no entry"),
        (lambda lines: [*lines[:3], lines[3].replace(b":4,", b": 4,"), *lines[4:]], "Entry 4 was altered"),
        (lambda lines: [lines[0].replace(b'"seq":1,', b'"seq":true,'), *lines[1:]], "What stands after entry 0"),
        (lambda lines: [line.decode().encode("utf-16") for line in lines], "Entry 1 was altered"),
        (lambda lines: [], "There is no entry in this file."),
    ],
)
def test_whatever_is_done_to_the_file_is_named_at_its_first_line(
    filled: Store, tmp_path: Path, now, tamper: Callable[[list[bytes]], list[bytes]], said: str
):
    path = exported(filled, tmp_path, now)
    lines = path.read_bytes().split(b"\n")[:-1]
    assert verify_file([line + b"\n" for line in lines]).flaw is None
    found = verify_file([line + b"\n" for line in tamper(lines)]).flaw
    assert found is not None
    assert found.startswith(said)


def test_a_cut_end_and_an_edited_last_line_show_against_the_head(filled: Store, tmp_path: Path, now):
    path = exported(filled, tmp_path, now)
    lines = path.read_bytes().splitlines(keepends=True)
    head = verified(path).head
    for tampered in (lines[:-1], [*lines[:-1], lines[-1].replace(b'"ada"', b'"eve"')]):
        assert verify_file(tampered).flaw is None
        found = verify_file(tampered, head).flaw
        assert found is not None
        assert "the hash you gave is the hash of none of its entries" in found


def test_an_export_of_a_trail_that_was_edited_shows_the_edit(filled: Store, tmp_path: Path, now):
    filled.cursor().execute("UPDATE desk.trail SET actor = 'eve' WHERE seq = 2")
    found = verified(exported(filled, tmp_path, now)).flaw
    assert found is not None
    assert found.startswith("Entry 3 does not follow entry 2: one of the two was rewritten")


def test_an_export_overwrites_nothing_and_leaves_nothing_when_refused(filled: Store, tmp_path: Path, now):
    path = tmp_path / "mine.jsonl"
    path.write_text("mine")
    before = trail.verify(filled.cursor()).entries
    with pytest.raises(Refusal, match="nothing is overwritten"):
        export_trail(filled, ADMIN, path, via=Via.CLI, now=now)
    for stretch in ({"first": 99}, {"first": 4, "last": 3}):
        with pytest.raises(NotFound, match="The trail has no entries from"):
            export_trail(filled, ADMIN, tmp_path / "none.jsonl", via=Via.CLI, now=now, **stretch)
    assert path.read_text() == "mine"
    assert not (tmp_path / "none.jsonl").exists()
    assert trail.verify(filled.cursor()).entries == before


def test_only_administrators_and_reviewers_take_it(filled: Store, tmp_path: Path, now):
    others = [PUBLIC, *[Viewer(role=role, organisation="x", actor="x") for role in (Role.BUYER, Role.PARTNER)]]
    for viewer in others:
        with pytest.raises(NotPermitted):
            export_trail(filled, viewer, tmp_path / "x.jsonl", via=Via.PAGE, now=now)
    for viewer in (*others, ADMIN):
        with pytest.raises(NotPermitted):
            exported_bytes(filled, viewer, 1, 2, via=Via.PAGE, now=now)
    assert not (tmp_path / "x.jsonl").exists()


def test_a_download_holds_the_same_lines(filled: Store, tmp_path: Path, now):
    path = tmp_path / "part.jsonl"
    assert export_trail(filled, ADMIN, path, via=Via.CLI, now=now, first=2, last=3)[:2] == Exported(2, 3, "")[:2]
    assert exported_bytes(filled, REVIEWER, 2, 3, via=Via.PAGE, now=now) == path.read_bytes()
