"""`certification check` and `certification certificate`: is it real, and the certificate itself as a file."""

from typing import Annotated

import typer

from schemas.certificate import CheckWord
from schemas.viewer import PUBLIC
from vetting.certification.check import check_certificate
from vetting.certification.paper import as_pdf
from vetting.certification.public import signed_certificate
from vetting.certification.signing import as_file
from vetting.commands.context import Database, Json, Unfit, counter

Target = Annotated[str | None, typer.Option(metavar="FILE", help="Write it there; nothing is overwritten.")]


def check(
    context: typer.Context,
    said: Annotated[str, typer.Argument(metavar="NUMBER|LINK|FILE", help="What you were given.")],
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Is this certificate real, as of now? Ends with 0 only when it is valid."""
    here = counter(context)
    given: str | bytes = here.read(said) if here.path(said).is_file() else said
    with here.store() as store:
        found = check_certificate(store.cursor(), PUBLIC, given, today=here.today(store))
    if as_json:
        here.say_json(found.as_json())
    else:
        here.say(f"{found.answer.value}. {found.why}")
        for each in found.differs:
            here.say(f"  differs: {each}")
    if found.answer is not CheckWord.VALID:
        raise Unfit(f"The answer is {found.answer.value}.")


def certificate(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="Such as FP-2026-0001.")],
    pdf: Target = None,
    json_file: Target = None,
    database: Database = None,
) -> None:
    """Write a certificate as a PDF, as its signed file (JSON), or both."""
    here = counter(context)
    if pdf is None and json_file is None:
        raise typer.BadParameter("Name a file with --pdf, with --json-file, or both.")
    with here.store() as store:
        signed = signed_certificate(store.cursor(), PUBLIC, number)
    if json_file is not None:
        here.write(json_file, as_file(signed))
    if pdf is not None:
        here.write(pdf, as_pdf(signed))
