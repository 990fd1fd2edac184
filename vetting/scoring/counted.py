"""Which reports count as of a day, by what was known at a moment? The first steps of every statement that measures.

In this order: batches withdrawn by K go; of each (partner, report_id) the newest version known at K stays; then the
window of interviews; then, where the month of recruitment (else of departure) is known, its own window.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schemas.clocks import months_before
from schemas.standard import Standard

_BATCHES = """
WITH batches AS (
    SELECT batch.batch_id, batch.recorded_at
    FROM desk.batch AS batch
    WHERE batch.recorded_at <= $known_at
      AND batch.batch_id NOT IN (
          SELECT withdrawal.batch_id FROM desk.batch_withdrawal AS withdrawal WHERE withdrawal.recorded_at <= $known_at
      )
), kinds AS (
    SELECT partner.partner, arg_max(partner.kind, partner.recorded_at) AS kind
    FROM desk.partner AS partner
    WHERE partner.recorded_at <= $known_at
    GROUP BY partner.partner
)"""
# Keys with more than one stored version are listed in desk.repeat, and only those are ranked. Comparing hashes instead
# of texts is fast and safe: a key flagged by chance is ranked alone, and comes first.
_REPEATED = """hash(report.partner, report.report_id) IN (
        SELECT hash(repeat.partner, repeat.key) FROM desk.repeat AS repeat WHERE repeat.kind = 'report'
    )"""
_STEPS = """, superseded AS MATERIALIZED (
    SELECT report.batch_id, report.report_id
    FROM {reports} AS report
    JOIN batches ON batches.batch_id = report.batch_id
    WHERE {possibly_repeated}
    QUALIFY row_number() OVER (
        PARTITION BY report.partner, report.report_id ORDER BY batches.recorded_at DESC, report.batch_id DESC
    ) > 1
), counted AS NOT MATERIALIZED (
    SELECT report.*{whose}, batches.recorded_at
    FROM {reports} AS report
    JOIN batches ON batches.batch_id = report.batch_id
    ANTI JOIN superseded ON superseded.batch_id = report.batch_id AND superseded.report_id = report.report_id{remaining}
    WHERE {window}
)
"""
# A correction may have moved a report to another agency: that agency's versions are picked too, and then left out.
# `reached` is not materialized: while its rows come out of a filter, DuckDB reads the other columns of evidence.report
# only where a Bloom filter of these agencies lets the row pass.
_OF_SOME = """, reached AS NOT MATERIALIZED (
    SELECT unnest($agencies) AS agency_id
    UNION
    SELECT other.agency_id
    FROM desk.repeat AS own
    JOIN desk.repeat AS other ON other.kind = own.kind AND other.partner = own.partner AND other.key = own.key
    WHERE own.kind = 'report' AND own.agency_id IN (SELECT unnest($agencies))
), picked AS MATERIALIZED (
    SELECT own.* FROM evidence.report AS own SEMI JOIN reached ON reached.agency_id = own.agency_id
)"""
_ONLY_THOSE = "report.agency_id IN (SELECT unnest($agencies))\n      AND "
# Entries that are one agency as known at K: its reports bear the id that remains, and keep their own as entry_id.
_MERGED = """, merged AS (
    SELECT unnest(CAST($merged_ids AS VARCHAR[])) AS agency_id, unnest(CAST($merged_into AS VARCHAR[])) AS into_id
)"""
_REMAINING = {
    "{whose}": " REPLACE (coalesce(merged.into_id, report.agency_id) AS agency_id), report.agency_id AS entry_id",
    "{remaining}": "\n    LEFT JOIN merged ON merged.agency_id = report.agency_id",
}
_WINDOW = """report.interview_date > $window_from
      AND report.interview_date <= $as_of
      AND (
          report.window_month IS NULL
          OR (report.window_month > $recruited_from AND report.window_month <= $as_of)
      )"""
_BLOCKS = """
      AND (report.batch_id, report.report_id) IN (
          SELECT (member.batch_id, member.report_id)
          FROM desk.block_report AS member
          WHERE member.block_id IN (SELECT unnest($blocks))
      )"""


def counted(
    statement: str, *, some: bool = False, blocks: bool = False, rank_all: bool = False, merged: bool = False
) -> str:
    """`statement` after the steps that end in `counted`, the reports that count (with `recorded_at`), and `kinds`, the
    kind of each partner, both as known at K.

    `some`: only agencies in the parameter $agencies. `blocks`: only members of the blocks in $blocks. `rank_all`: rank
    every key instead of the repeated ones, which must make no difference. `merged`: entries that are one agency as
    known at K are counted as one (parameters: `of_merged`); $agencies then names entries.
    """
    steps = _MERGED + _STEPS if merged else _STEPS
    parts = {name: part if merged else "" for name, part in _REMAINING.items()} | {
        "{reports}": "picked" if some else "evidence.report",
        "{possibly_repeated}": "TRUE" if rank_all else _REPEATED,
        "{window}": (_ONLY_THOSE if some else "") + _WINDOW + (_BLOCKS if blocks else ""),
    }
    for name, part in parts.items():
        steps = steps.replace(name, part)
    return _BATCHES + (_OF_SOME if some else "") + steps + statement


def window(
    standard: Standard,
    as_of: date,
    known_at: datetime,
    agencies: Sequence[str] | None = None,
    blocks: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The parameters of `counted`."""
    parameters: dict[str, Any] = {
        "as_of": as_of,
        "known_at": known_at,
        "window_from": months_before(as_of, standard.measuring.window_months),
        "recruited_from": months_before(as_of, standard.measuring.recruitment_months),
    }
    parameters |= {} if agencies is None else {"agencies": list(agencies)}
    return parameters | ({} if blocks is None else {"blocks": list(blocks)})


def of_merged(merged: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that `counted(merged=True)` takes besides: whatever went into something, and what remains."""
    return {"merged_ids": list(merged), "merged_into": list(merged.values())}
