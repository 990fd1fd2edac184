"""What is signed of a certificate, that anybody can check it without us, and signing anew what cannot be relied on."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.codes import Action, Via
from schemas.viewer import PUBLIC
from tests.vetting.certification.desks import ADMIN, ASHA, BO, Desk
from vetting.certification.canonical import canonical
from vetting.certification.decide import certify
from vetting.certification.keys import declare_compromised, public_keys, rotate_key, verifies
from vetting.certification.public import signed_certificate
from vetting.certification.signing import as_file, sign_anew
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.certificates import fetch_signed
from vetting.store.settings import set_setting
from vetting.store.signing_keys import fetch_keys

RENAMED = """
INSERT INTO desk.agency
SELECT * REPLACE ('Renamed' AS name, CAST($recorded_at AS TIMESTAMP) AS recorded_at)
FROM desk.agency
"""
DOCS = Path(__file__).resolve().parents[3] / "docs" / "certificate.md"


def at(desk: Desk) -> dict:
    return {"via": Via.CLI, "now": desk.when["now"]}


def test_everything_a_reader_needs_is_signed_and_no_reviewers_name(desk: Desk):
    _, certificate = desk.certified()
    db = desk.store.cursor()
    signed, key = fetch_signed(db)[0], fetch_keys(db)[0]
    assert json.loads(signed.document) == {
        "form": "fair-passage-certificate-1",
        "number": "FP-2026-0001",
        "agency": {"name": "One Agency", "licence": "0042", "register": "register", "country": "NPL"},
        "scope": {
            "legal_entity": "One Agency Ltd",
            "sites": ["Head office"],
            "corridors": [{"origin": "NPL", "destination": "QAT"}],
            "sub_agents": ["Hill Recruiters"],
        }
        | json.loads(signed.document)["scope"],
        "issued_on": "2026-11-22",
        "expires_on": "2029-11-22",
        "deciding_body": "Fair Passage Council",
        "standard": {"id": certificate.standard, "hash": certificate.standard_hash},
        "check": "https://register.example.org/check/FP-2026-0001",
        "key_id": key.key_id,
        "signed_at": f"{certificate.recorded_at:%Y-%m-%dT%H:%M:%S}Z",
    }
    assert signed.document.encode() == canonical(json.loads(signed.document))
    assert verifies(key, signed.document.encode(), signed.signature)
    assert not re.search("asha|bo@", signed.document)


def test_the_trail_keeps_the_signature_with_the_decision(desk: Desk):
    desk.certified()
    [signed] = fetch_signed(desk.store.cursor())
    [(after,)] = desk.store.cursor().execute("SELECT after FROM desk.trail WHERE action = 'certify'").fetchall()
    assert json.loads(after)["signature"] == signed.signature
    assert json.loads(after)["key_id"] == signed.key_id


def test_nothing_is_certified_while_nobody_knows_where_to_check_it(desk: Desk):
    case = desk.recommended()
    desk.store.cursor().execute("DELETE FROM desk.setting WHERE name = 'public_address'")
    with pytest.raises(Refusal, match="settings set public_address"):
        certify(desk.store, BO, case.case_id, "In order.", **desk.when)
    assert (desk.count("certificate"), desk.count("certificate_signature")) == (0, 0)


@pytest.mark.parametrize(
    "address",
    ["register.example.org", "ftp://x.org", "javascript:alert(1)", "https://", "https://a b.org", "https://x.org/?a=1",
     "https://x.org/#a", "https://me:secret@x.org", "https://x.org:99999", "https://[x", "https://é.org", "http:x"],
)  # fmt: skip
def test_a_public_address_is_one_that_everybody_can_open(desk: Desk, address: str):
    with pytest.raises(Refusal, match="no address for everybody"):
        set_setting(desk.store, ADMIN, "public_address", address, **at(desk))


@pytest.mark.parametrize("address", ["https://x.example.org", "http://localhost:8501", "https://x.org/fair/passage/"])
def test_the_number_goes_behind_the_public_address(desk: Desk, address: str):
    case = desk.recommended()
    set_setting(desk.store, ADMIN, "public_address", address, **at(desk))
    certify(desk.store, BO, case.case_id, "In order.", **desk.when)
    [signed] = fetch_signed(desk.store.cursor())
    assert json.loads(signed.document)["check"] == f"{address.rstrip('/')}/check/FP-2026-0001"


def test_an_agency_renamed_since_stays_on_its_certificate_as_it_was_even_signed_anew(desk: Desk):
    desk.certified()
    db = desk.store.cursor()
    before = fetch_signed(db)
    desk.learn(Action.AGENCIES_IMPORT, (RENAMED, {}))
    assert fetch_signed(db) == before
    db.execute("DELETE FROM desk.certificate_signature")
    [anew] = sign_anew(desk.store, ADMIN, **at(desk))
    assert json.loads(anew.document)["agency"]["name"] == "One Agency"
    desk.certified()
    assert json.loads(fetch_signed(db)[-1].document)["agency"]["name"] == "Renamed"


def test_a_certificate_of_the_sample_country_says_so_under_the_signature(desk: Desk):
    case = desk.recommended()
    set_setting(desk.store, ADMIN, "sample", "true", **at(desk))
    certify(desk.store, BO, case.case_id, "In order.", **desk.when)
    assert json.loads(fetch_signed(desk.store.cursor())[0].document)["sample"] is True


def test_what_cannot_be_relied_on_is_signed_anew_beside_the_old_and_the_rest_is_left(desk: Desk):
    for _ in range(2):
        desk.certified()
    db = desk.store.cursor()
    older, compromised = fetch_signed(db)
    db.execute("DELETE FROM desk.certificate_signature WHERE number = $number", {"number": older.number})
    with pytest.raises(NotFound, match="before certificates were signed"):
        signed_certificate(db, PUBLIC, older.number)
    declare_compromised(desk.store, ADMIN, compromised.key_id, desk.now, "Stolen.", **at(desk))
    with pytest.raises(Refusal, match="compromised"):
        sign_anew(desk.store, ADMIN, **at(desk))
    with pytest.raises(NotPermitted):
        sign_anew(desk.store, ASHA, **at(desk))
    key = rotate_key(desk.store, ADMIN, **at(desk))
    desk.certified()
    trail = desk.count("trail")
    done = sign_anew(desk.store, ADMIN, **at(desk))
    assert [each.number for each in done] == [older.number, compromised.number]
    assert desk.count("trail") == trail + 1
    for each in done:
        assert (each.key_id, verifies(key, each.document.encode(), each.signature)) == (key.key_id, True)
        said = json.loads(each.document)
        assert said["signed_at"] > said["issued_on"]
        assert signed_certificate(db, PUBLIC, f" {each.number.lower()} ") == each
    assert compromised in fetch_signed(db, compromised.number)
    again = {"key_id", "signed_at"}
    assert {k: v for k, v in json.loads(done[1].document).items() if k not in again} == {
        k: v for k, v in json.loads(compromised.document).items() if k not in again
    }
    trail = desk.count("trail")
    assert sign_anew(desk.store, ADMIN, **at(desk)) == []
    assert desk.count("trail") == trail


def lines_of_the_docs() -> str:
    [program] = re.findall(r"```python\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return program


def test_the_ten_lines_of_the_docs_verify_a_certificate_without_us(desk: Desk, tmp_path: Path):
    desk.certified()
    [signed], keys = fetch_signed(desk.store.cursor()), public_keys(desk.store.cursor()).as_json()
    program, file, key_file = (tmp_path / name for name in ("verify.py", "certificate.json", "keys.json"))
    program.write_text(lines_of_the_docs())
    file.write_bytes(as_file(signed))
    key_file.write_text(json.dumps(keys))

    def verified() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(program), str(file), str(key_file)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={"PATH": ""})

    assert len(lines_of_the_docs().strip().splitlines()) <= 12
    assert verified().returncode == 0, verified().stderr
    assert "FP-2026-0001" in verified().stdout
    said = json.loads(as_file(signed))
    file.write_text(json.dumps(said | {"certificate": dict(reversed(said["certificate"].items()))}))
    assert verified().returncode == 0, "the order of a file's members is nobody's business"
    file.write_bytes(as_file(signed).replace(b"2029-11-22", b"2039-11-22"))
    assert (verified().returncode, "InvalidSignature" in verified().stderr) == (1, True)
    file.write_bytes(as_file(signed))
    key_file.write_text(json.dumps({"keys": [keys["keys"][0] | {"compromised_from": "2026-01-01T00:00:00Z"}]}))
    assert verified().returncode == 1
