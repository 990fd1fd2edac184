"""Is this certificate real? Exactly one of six words, as of today; no changed byte of a file ever passes."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schemas.certificate import CertificateCheck, CheckWord, Signed
from schemas.codes import CaseState, ProposalKind, Via
from schemas.viewer import PUBLIC
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, Desk
from vetting.certification import key_files
from vetting.certification.canonical import canonical
from vetting.certification.check import ADDED, BROKEN, LONGEST, WORDS, check_certificate, numbers_in
from vetting.certification.clock import tick
from vetting.certification.keys import declare_compromised, rotate_key
from vetting.certification.proposals import confirm, propose_move
from vetting.certification.signing import as_file, sign_anew
from vetting.store.certificates import fetch_signed

NUMBER = "FP-2026-0001"


def asked(desk: Desk, said: str | bytes, today: date | None = None) -> CertificateCheck:
    return check_certificate(desk.store.cursor(), PUBLIC, said, today=today or desk.today)


def of(desk: Desk, number: str = NUMBER) -> Signed:
    return fetch_signed(desk.store.cursor(), number)[-1]


def file_of(desk: Desk, number: str = NUMBER) -> dict[str, Any]:
    return json.loads(as_file(of(desk, number)))


def at(desk: Desk) -> dict:
    return {"via": Via.CLI, "now": desk.when["now"]}


@pytest.mark.parametrize(
    "said",
    [NUMBER, " fp-2026-0001\n", "FP 2026 0001", "FP–2026–0001", "ＦＰ－２０２６－０００１", "fp_2026_0001",
     "No. FP-2026-0001.", "https://register.example.org/check/FP-2026-0001", "https://register.example.org/?certificate=FP-2026-0001",
     "register?certificate=fp-2026-0001&x=1", "https://elsewhere.example/FP-2026-0001.json", NUMBER.encode(),
     b"\xef\xbb\xbfFP-2026-0001", "FP-2026-0001 / FP-2026-0001"],
)  # fmt: skip
def test_a_number_or_a_link_however_typed_is_answered_as_it_stands(desk: Desk, said: str | bytes):
    desk.certified()
    found = asked(desk, said)
    assert (found.answer, found.number, found.differs) == (CheckWord.VALID, NUMBER, ())
    assert found.why == "Valid until 22 Nov 2029, for the scope stated."
    assert found.issued == of(desk).document


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("FP-2026-0002", "No certificate has the number FP-2026-0002"),
        ("FP-2026-00011", "No certificate has the number FP-2026-00011"),
        ("FP-2026-0001 and FP-2026-0002", "one by one"),
        ("hello", "no certificate's number"), ("2026-0001", "no certificate's number"),
        ("FP-２０２६", "no certificate's number"), ("' OR 1=1 --", "no certificate's number"), ("", "Give the number"),
        (" \n", "Give the number"), (b"\xff\xfe\x00", "cannot read it"), ("x" * (LONGEST + 1), "cannot read it"),
        ("{}", "names no certificate|cannot be read"), ("[]", "no certificate's number"), ("[{}]", "cannot be read"),
        ("{" * 9000, "cannot be read"),
        ('{"certificate": {"number": "FP-2020-0009"}}', "No certificate has the number FP-2020-0009"),
        ('{"certificate": {"number": 7}, "signature": ""}', "names no certificate"),
        ('{"certificate": null}', "cannot be read"), ('{"certificate": "FP"}', "cannot be read"),
    ],
)  # fmt: skip
def test_what_we_never_issued_is_unknown(desk: Desk, said: str | bytes, why: str):
    desk.certified()
    found = asked(desk, said)
    assert (found.answer, found.certificate, found.issued) == (CheckWord.UNKNOWN, None, None)
    assert any(each in found.why for each in why.split("|"))


def test_the_clock_alone_expires_and_suspends_on_the_very_day(desk: Desk):
    _, certificate = desk.certified()
    last, lapse = certificate.expires_on, date(2027, 11, 22)
    file = as_file(of(desk))
    for said in (NUMBER, file):
        assert asked(desk, said, lapse).answer is CheckWord.VALID
        assert asked(desk, said, lapse + timedelta(days=1)).answer is CheckWord.SUSPENDED
        assert asked(desk, said, last).answer is CheckWord.SUSPENDED
        assert asked(desk, said, last + timedelta(days=1)).answer is CheckWord.EXPIRED
    desk.wait((last - desk.today).days + 1)
    tick(desk.store, now=desk.when["now"], today=desk.today)
    assert asked(desk, file).answer is CheckWord.EXPIRED
    assert "22 Nov 2029" in asked(desk, file).why


def test_suspended_and_withdrawn_are_told_at_once_by_number_and_by_file(desk: Desk):
    case, _ = desk.certified()
    file = as_file(of(desk))
    desk.go(case, CaseState.SUSPENDED)
    assert {asked(desk, said).answer for said in (NUMBER, file)} == {CheckWord.SUSPENDED}
    proposal = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Refused access.", **desk.when)
    confirm(desk.store, BO, proposal.proposal_id, "Agreed.", **desk.when)
    for said in (NUMBER, file):
        found = asked(desk, said)
        assert found.answer is CheckWord.WITHDRAWN
        assert "Refused access" not in found.model_dump_json()


def test_a_file_may_be_laid_out_otherwise_and_says_the_same(desk: Desk):
    desk.certified()
    file = file_of(desk)
    for text in (
        json.dumps(file),
        json.dumps(file, indent=7, sort_keys=True),
        json.dumps(dict(reversed(file.items())), ensure_ascii=False),
        "\ufeff\n" + json.dumps(file) + "\n",
    ):
        assert asked(desk, text).answer is CheckWord.VALID


def changed(content: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """The path of every field of a certificate, and the certificate with one character of that field changed."""
    for name, value in content.items():
        path = f"{above}{name}"
        if isinstance(value, dict):
            for inner_path, inner in changed(value, f"{path}."):
                yield inner_path, {**content, name: inner}
        else:
            yield path, {**content, name: otherwise(value)}


def otherwise(value: Any) -> Any:
    """The same with its last character changed; where there is nothing to change, something added."""
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "a"
    if isinstance(value, list):
        return [*value[:-1], otherwise(value[-1])] if value else ["a"]
    if isinstance(value, dict):
        return {**value, "destination": "KWT"}
    return "a" if value is None else not value


def test_one_letter_changed_in_any_field_is_altered_and_the_field_is_named(desk: Desk):
    desk.certified()
    file = file_of(desk)
    seen = set()
    for path, certificate in changed(file["certificate"]):
        found = asked(desk, json.dumps(file | {"certificate": certificate}))
        seen.add(path)
        if path == "number":
            assert found.answer is CheckWord.UNKNOWN
            continue
        assert found.answer is CheckWord.ALTERED, path
        assert found.differs == (WORDS.get(path, path),)
        assert found.certificate is not None
        assert NUMBER in found.why
    assert {"agency.name", "scope.sites", "scope.corridors", "expires_on", "standard.hash", "key_id", "number"} <= seen


def test_no_changed_byte_anywhere_in_the_file_passes(desk: Desk):
    """Its first and last bytes and every fourth between, another fourth in each mode of the store; a change that
    changes no meaning may still be valid."""
    desk.certified()
    issued = file_of(desk)
    data = json.dumps(issued, ensure_ascii=False, separators=(",", ":")).encode()
    ends = {*range(9), *range(len(data) - 9, len(data))}
    for place in sorted(ends | set(range(2 * desk.store.attached, len(data), 4))):
        text = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            same = json.loads(text) == issued
        except ValueError:
            same = False
        answer = asked(desk, text).answer
        assert answer in ({CheckWord.VALID} if same else {CheckWord.ALTERED, CheckWord.UNKNOWN}), place


@pytest.mark.parametrize(
    "change",
    [
        lambda file: {**file, "note": "Gold standard"},
        lambda file: {**file, "certificate": file["certificate"] | {"rank": "A"}},
        lambda file: {**file, "certificate": file["certificate"] | {"expires_on": True}},
        lambda file: {**file, "certificate": {k: v for k, v in file["certificate"].items() if k != "scope"}},
        lambda file: {**file, "certificate": file["certificate"] | {"scope": "everything"}},
        lambda file: {**file, "certificate": file["certificate"] | {"agency": None}},
        lambda file: {**file, "certificate": file["certificate"] | {"number": "FP 2026 0001"}},
        lambda file: {**file, "signature": ""},
        lambda file: {**file, "signature": None},
        lambda file: {**file, "signature": file["signature"][:-4]},
        lambda file: {**file, "signature": "A" * 86 + "=="},
        lambda file: {"certificate": file["certificate"]},
    ],
)
def test_what_is_added_left_out_or_unsigned_is_altered(desk: Desk, change: Callable[[dict], dict]):
    desk.certified()
    found = asked(desk, json.dumps(change(file_of(desk))))
    assert found.answer is CheckWord.ALTERED
    assert found.differs


def test_a_name_that_stands_twice_is_altered(desk: Desk):
    desk.certified()
    text = json.dumps(file_of(desk)).replace('"expires_on": "2029', '"expires_on": "2039-11-22", "expires_on": "2029')
    assert asked(desk, text).answer is CheckWord.ALTERED
    assert asked(desk, json.dumps(file_of(desk))[:-30]).answer is CheckWord.ALTERED
    assert asked(desk, '{"certificate": {"number": "FP-2026-0001", "n": NaN}}').answer is CheckWord.ALTERED
    deep = '{"certificate": {"number": "FP-2026-0001", "form": ' + "[" * 900 + "]" * 900 + "}}"
    assert asked(desk, deep).answer is CheckWord.ALTERED


def signed_with(folder, key_id: str, certificate: dict[str, Any]) -> str:
    """A file as a forger makes it who has a key."""
    signature = key_files.sign(folder, key_id, canonical(certificate))
    return json.dumps({"certificate": certificate, "signature": signature})


def test_another_key_makes_no_certificate(desk: Desk, tmp_path):
    desk.certified()
    made = key_files.make(tmp_path / "forger")
    ours = file_of(desk)["certificate"]
    found = asked(desk, signed_with(tmp_path / "forger", made.key_id, ours))
    assert (found.answer, found.differs) == (CheckWord.ALTERED, (BROKEN,))
    found = asked(desk, signed_with(tmp_path / "forger", made.key_id, ours | {"key_id": made.key_id}))
    assert (found.answer, found.differs) == (CheckWord.ALTERED, (WORDS["key_id"],))
    invented = ours | {"number": "FP-2026-0099"}
    assert asked(desk, signed_with(tmp_path / "forger", made.key_id, invented)).answer is CheckWord.UNKNOWN


def test_not_even_our_own_key_makes_a_certificate_that_the_register_does_not_hold(desk: Desk):
    """A stolen key, or a number that was issued, lost with the database and issued anew."""
    desk.certified()
    ours = file_of(desk)["certificate"]
    longer = signed_with(desk.store.keys, ours["key_id"], ours | {"expires_on": "2039-11-22"})
    found = asked(desk, longer)
    assert (found.answer, found.differs) == (CheckWord.ALTERED, (WORDS["expires_on"],))
    assert "signature is one of ours" in found.why
    lost = asked(desk, signed_with(desk.store.keys, ours["key_id"], ours | {"number": "FP-2026-0099"}))
    assert lost.answer is CheckWord.UNKNOWN
    assert "signed with a key of ours" in lost.why


def test_what_a_retired_key_signed_stays_valid_and_a_compromised_one_says_to_take_the_new_file(desk: Desk):
    desk.certified()
    first = as_file(of(desk))
    old = of(desk).key_id
    rotate_key(desk.store, ADMIN, **at(desk))
    assert asked(desk, first) == asked(desk, NUMBER)
    declare_compromised(desk.store, ADMIN, old, datetime(2026, 11, 1), "Stolen.", **at(desk))
    assert asked(desk, first).answer is CheckWord.VALID
    assert "declared compromised" in asked(desk, first).why
    sign_anew(desk.store, ADMIN, **at(desk))
    second = as_file(of(desk))
    assert second != first
    for file in (first, second):
        assert asked(desk, file).answer is CheckWord.VALID
    assert "compromised" not in asked(desk, second).why
    mixed = json.loads(second) | {"signature": json.loads(first)["signature"]}
    assert asked(desk, json.dumps(mixed)).differs == (BROKEN,)


def test_one_from_before_there_were_signatures_is_answered_by_number_and_no_file_of_it_is_ours(desk: Desk):
    desk.certified()
    file = as_file(of(desk))
    desk.store.cursor().execute("DELETE FROM desk.certificate_signature")
    assert asked(desk, NUMBER).answer is CheckWord.VALID
    found = asked(desk, file)
    assert (found.answer, found.issued) == (CheckWord.ALTERED, None)
    assert "before certificates were signed" in found.why


def test_two_certificates_are_never_taken_for_each_other(desk: Desk):
    desk.certified()
    desk.certified()
    first, second = file_of(desk), file_of(desk, "FP-2026-0002")
    swapped = json.dumps(first | {"certificate": first["certificate"] | {"number": "FP-2026-0002"}})
    assert asked(desk, swapped).answer is CheckWord.ALTERED
    assert asked(desk, json.dumps(second)).number == "FP-2026-0002"
    crossed = json.dumps(first | {"signature": second["signature"]})
    assert asked(desk, crossed).differs == (BROKEN,)


def test_the_answer_is_public_and_repeats_nothing_of_what_was_sent(desk: Desk):
    desk.certified()
    file = file_of(desk)
    poison = "<script>alert(1)</script>"
    file["certificate"]["agency"]["name"] = poison
    file["certificate"][poison] = poison
    said = asked(desk, json.dumps(file))
    assert poison not in json.dumps(said.as_json())
    assert set(said.differs) == {WORDS["agency.name"], ADDED}
    told = json.dumps(asked(desk, NUMBER).as_json())
    assert "asha" not in told
    assert "bo@" not in told
    assert AGENCY not in told


def test_numbers_are_found_in_any_text_and_counted_once():
    assert numbers_in("FP-2026-0001, fp 2026 0001, FP-2027-12345") == [NUMBER, "FP-2027-12345"]
    assert numbers_in("XFP-2026-000") == []


def test_every_field_that_is_signed_has_words(desk: Desk):
    desk.certified()
    assert {path for path, _ in changed(file_of(desk)["certificate"])} <= set(WORDS)
