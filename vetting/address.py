"""Which store is meant? An address from the command line or the environment, before anything is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vetting.refusals import Refusal

SAMPLE = Path("var/sample.duckdb")


@dataclass(frozen=True)
class Address:
    """`desk` is the file that stands for the store; `evidence` the second one where two are attached.

    `chosen`: somebody named it. Only the unnamed default may be filled with the sample country. `keys`: the folder of
    private keys where the environment names one (VETTING_KEYS), else it lies beside the file.
    """

    desk: Path
    evidence: Path | None
    chosen: bool
    keys: Path | None = None


def find_address(environ: Mapping[str, str], database: str | None = None) -> Address:
    """`database` (--database) counts first, then the environment's word, else it is var/sample.duckdb."""
    return replace(_found(environ, database), keys=_keys(environ))


def _found(environ: Mapping[str, str], database: str | None) -> Address:
    if database is not None:
        return Address(_file(database, "--database"), None, chosen=True)
    single = environ.get("VETTING_DATABASE")
    desk, evidence = environ.get("VETTING_DESK"), environ.get("VETTING_EVIDENCE")
    if single is not None and (desk or evidence):
        raise Refusal("VETTING_DATABASE and VETTING_DESK/VETTING_EVIDENCE name two different stores: set one of them.")
    if single is not None:
        return Address(_file(single, "VETTING_DATABASE"), None, chosen=True)
    if desk or evidence:
        if not desk or not evidence:
            raise Refusal("VETTING_DESK and VETTING_EVIDENCE belong together: set both, or VETTING_DATABASE alone.")
        first, second = _file(desk, "VETTING_DESK"), _file(evidence, "VETTING_EVIDENCE")
        if first == second:
            raise Refusal("VETTING_DESK and VETTING_EVIDENCE must be two files. For one file set VETTING_DATABASE.")
        return Address(first, second, chosen=True)
    return Address(SAMPLE.absolute(), None, chosen=False)


def _keys(environ: Mapping[str, str]) -> Path | None:
    text = environ.get("VETTING_KEYS")
    if text is None:
        return None
    if not text.strip():
        raise Refusal("VETTING_KEYS is set but empty. Name the folder of the private keys, or unset it.")
    return Path(text).expanduser().absolute()


def _file(text: str, source: str) -> Path:
    if not text.strip():
        raise Refusal(f"{source} is set but empty. Name a DuckDB file, or unset it.")
    scheme = text.split(":", 1)[0].lower()
    if scheme in ("postgres", "postgresql", "ducklake", "md", "http", "https", "s3") and ":" in text:
        raise Refusal(
            f"{source} names a {scheme}: address. This version keeps its store in DuckDB files only and does not serve "
            "such addresses yet: name a file."
        )
    path = Path(text).expanduser().absolute()
    if path.is_dir():
        raise Refusal(f"{source}: {path} is a folder. Name a DuckDB file in it.")
    return path
