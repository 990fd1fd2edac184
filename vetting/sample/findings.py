"""What did reviewers of the sample country give as evidence, and which findings did they import from another scheme?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vetting.certification.audits import AuditFile
from vetting.certification.evidence import Given
from vetting.sample.dates import Calendar

FOLDER = Path(__file__).resolve().parents[2] / "sample_data" / "evidence"


def evidence_of(step: Mapping[str, Any]) -> list[Given]:
    """What a step of `cases.toml` gives: `evidence`, a file of the folder; `document`, one that is only named."""
    files = [Given(step["evidence"], (FOLDER / step["evidence"]).read_bytes())] if "evidence" in step else []
    return files + ([Given(step["document"])] if "document" in step else [])


def audit_of(step: Mapping[str, Any], calendar: Calendar) -> AuditFile:
    """What a step imports, dated for this sample."""
    return AuditFile(
        data=calendar.file((FOLDER / step["file"]).read_bytes()),
        file_name=step["file"],
        scheme=step["scheme"],
        reference=step["reference"],
        audited_on=calendar.day(step["audited"]),
        auditor=step["auditor"],
        words=(FOLDER / step["map"]).read_bytes(),
        words_name=step["map"],
    )
