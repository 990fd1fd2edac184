"""What can be wrong with a file of fee reports? Each code with its severity, and what the partner is told to do.

Messages are completed with `column`, `rule` (the column's own), `allowed`, `value` and `detail`.
"""

from types import MappingProxyType

from schemas.codes import Severity
from schemas.record import Record


class ProblemCode(Record):
    """`when_required`: the severity in a column that every row needs."""

    code: str
    title: str
    severity: Severity
    message: str
    when_required: Severity | None = None

    def severity_in(self, *, required: bool) -> Severity:
        return self.when_required if required and self.when_required is not None else self.severity


def _code(
    code: str, severity: Severity, title: str, message: str, when_required: Severity | None = None
) -> tuple[str, ProblemCode]:
    return code, ProblemCode(code=code, severity=severity, title=title, message=message, when_required=when_required)


FILE, ROW, ASK, NOTE = Severity.REFUSE_FILE, Severity.REFUSE_ROW, Severity.QUARANTINE, Severity.WARNING

PROBLEMS = MappingProxyType(
    dict(
        [
            _code("unreadable_file", FILE, "The file cannot be read", "{detail}"),
            _code(
                "no_rows", FILE, "No reports",
                "The file has a header and no row below it. Add one row per report.",
            ),
            _code(
                "missing_column", FILE, "A required column is missing",
                "The column `{column}` is missing{detail}",
            ),
            _code(
                "duplicate_column", FILE, "Two columns mean the same",
                "{detail} both mean `{column}`. Keep one of them, or rename the other.",
            ),
            _code(
                "personal_name", FILE, "A worker's name",
                "This looks like a person's name. Nothing of the file is taken while it is there. Put a pseudonym "
                "such as W-0417 in its place, and keep the key to it with you.{detail}",
            ),
            _code(
                "personal_phone", FILE, "A phone number",
                "This looks like a phone number. Nothing of the file is taken while it is there. Remove it, or put "
                "a pseudonym such as W-0417 in its place.{detail}",
            ),
            _code(
                "personal_email", FILE, "An e-mail address",
                "This looks like an e-mail address. Nothing of the file is taken while it is there. Remove it.{detail}",
            ),
            _code(
                "personal_passport", FILE, "A passport number",
                "This looks like a passport number. Nothing of the file is taken while it is there. Remove it, or "
                "put a pseudonym such as W-0417 in its place.{detail}",
            ),
            _code(
                "personal_number", FILE, "A national number",
                "This looks like a national identity number: nine digits or more, or the shape of one. Nothing of the "
                "file is taken while it is there. Put a pseudonym such as W-0417 in its place.{detail}",
            ),
            _code(
                "ragged_row", ROW, "Too many or too few cells",
                "{detail} The values may stand under the wrong headers. Look for a missing or extra delimiter, or "
                "put cells that contain one in quotation marks.",
            ),
            _code(
                "missing_value", ROW, "A required value is missing",
                "`{column}` is empty and is needed{detail}. {rule}",
            ),
            _code(
                "no_consent", ROW, "No consent to use",
                "Without the worker's consent (`yes` in consent_use) the report cannot be taken. If the worker did "
                "agree, write yes; if not, remove the row.",
            ),
            _code(
                "consent_withdrawn", ROW, "Consent was withdrawn",
                "The worker's consent to this report was withdrawn, so it was deleted and is not taken again. Remove "
                "the row. If the worker has agreed anew, send the report under another report_id.",
            ),
            _code(
                "example_row", ROW, "An example of the template",
                "This row is one of the template's examples, and no worker told it: it is left out. Delete it from "
                "your file, or give the report a number of your own if it is a real one.",
            ),
            _code(
                "unknown_country", ROW, "Not a country",
                "This is no country we know. Write its ISO code of three letters, such as NPL.",
            ),
            _code(
                "same_country", ROW, "Origin and destination are the same",
                "Origin and destination are the same country. For recruitment within one country give two different "
                "regions in origin_region and destination_region; else correct the country.",
            ),
            _code("unreadable_date", ROW, "Not a date", "This is not a date. Write it as YYYY-MM-DD."),
            _code(
                "impossible_date", ROW, "No such day",
                "There is no such day in the calendar. Correct it, and write it as YYYY-MM-DD.",
            ),
            _code(
                "date_out_of_range", ROW, "A date outside what can be",
                "The date must lie between 2010-01-01 and today. Correct it; years of another calendar must be "
                "written in the Gregorian one.",
            ),
            _code(
                "ambiguous_date", ASK, "A date that can be read two ways",
                "This date can be read as {detail}, and nothing in the column says which. Write it as YYYY-MM-DD.",
            ),
            _code(
                "other_calendar", ASK, "A date of another calendar",
                "{detail}, and we do not guess. Say by which calendar the column is written, or write the date as "
                "YYYY-MM-DD.",
            ),
            _code(
                "unreadable_value", ASK, "A value that is not understood",
                "This is not understood. {rule}{allowed}", ROW,
            ),
            _code("too_long", ASK, "Too long", "This is longer than 64 characters. Shorten it.", ROW),
            _code(
                "out_of_range", ASK, "Outside the range",
                "The value is outside what can be. {rule} Correct it, or leave the cell blank if it is not known.",
            ),
            _code(
                "survey_code", ASK, "A survey code",
                "This looks like a survey code for no answer. Leave the cell blank if the answer is not known or "
                "does not apply; write the value if it is one.",
            ),
            _code(
                "unreadable_amount", ROW, "Not an amount",
                "This is not a number. Write the amount in digits, such as 150000 or 1250.50, or leave the cell "
                "blank if it is not known.",
            ),
            _code(
                "negative_amount", ROW, "A negative amount",
                "The amount is below zero. Money that came back belongs in reimbursed_amount; else correct it.",
            ),
            _code(
                "vague_amount", ASK, "An amount that is not one number",
                "This is not one certain number, and we do not guess. Write the one amount the worker stands by in "
                "digits, or leave the cell blank.",
            ),
            _code(
                "ambiguous_amount", ASK, "An amount that can be read two ways",
                "This amount can be read as {detail}, and nothing in the column says which. Write it without "
                "separators for thousands, and with a point for decimals.",
            ),
            _code(
                "ambiguous_currency", ASK, "A currency that can be several",
                "This can mean {detail}. Write the ISO code of three letters.",
            ),
            _code(
                "unknown_currency", ROW, "Not a currency",
                "This is no currency we know, and amounts are given. Write its ISO code of three letters, such as "
                "NPR.",
            ),
            _code(
                "currency_conflict", ASK, "Two currencies for one amount",
                "The amount is marked as {detail}, which is not the currency of the row. Correct one of them.",
            ),
            _code(
                "unmatched_agency", ASK, "Agency not in the register",
                "No agency of the register has this licence number, or a name of which we are certain. Choose the "
                "agency that is meant, copy the licence number from the register, or ask the administrator to add "
                "the agency.",
            ),
            _code(
                "ambiguous_agency", ASK, "Several agencies fit",
                "Several agencies of the register fit: {detail}. Give the licence number of the one meant, with the "
                "country it is licensed in as origin or destination.",
            ),
            _code(
                "agency_conflict", ASK, "Licence and name are of two agencies",
                "The licence number belongs to one agency and the name to another ({detail}). Correct one of them.",
            ),
            _code(
                "agency_read_as", NOTE, "An agency read by likeness",
                "Read as {detail}. It is accepted; if another agency is meant, choose it among the agencies of your "
                "file, or write its licence number.",
            ),
            _code(
                "duplicate_report_id", ASK, "The same report_id twice",
                "This report_id stands in {detail} rows of the file. Give each report its own; if they are the same "
                "report, keep one row.",
            ),
            _code(
                "months_out_of_order", ASK, "Months out of order",
                "Recruitment, departure and interview must follow one another in this order. Correct the month that "
                "is wrong, or leave it blank.",
            ),
            _code(
                "items_exceed_total", ASK, "The items are more than the total",
                "The cost items add up to {detail}, more than 5 % above total_paid. Correct the item or the total "
                "that is wrong.",
            ),
            _code(
                "rate_without_period", ASK, "A rate without its period",
                "An interest rate means nothing without its period. Write month or year.",
            ),
            _code(
                "items_below_total", NOTE, "The items are less than the total",
                "The cost items add up to less than total_paid. That is accepted: a partial breakdown is honest. Add "
                "items if you know them.",
            ),
            _code(
                "outlier", NOTE, "Far above the others",
                "This is more than ten times the middle value of the file in this currency ({detail}). It is accepted; "
                "check that no digit is too many and that the currency is right.",
            ),
            _code(
                "reimbursed_above_charged", NOTE, "More came back than was charged",
                "More was reimbursed than was paid and deducted ({detail}). It is accepted; check the three amounts.",
            ),
            _code(
                "near_duplicate", NOTE, "Nearly the same as another row",
                "Row {detail} says nearly the same under another report_id. It is accepted; if both are one report, "
                "remove one.",
            ),
            _code(
                "wage_incomplete", NOTE, "A wage without currency or period",
                "A wage counts only with its {detail}. It is accepted, but cost in months of wage stays unknown: "
                "fill it in if you know it.",
            ),
            _code(
                "ignored_column", NOTE, "A column we do not know",
                "The column {detail}",
            ),
            _code(
                "footer_left_out", NOTE, "Lines below the table",
                "{detail} left out, neither checked nor stored: totals, sources or signatures are no reports. If one "
                "of them is a report, say how many lines stand below the table.",
            ),
        ]
    )
)  # fmt: skip
