"""`trail`: prove it, say its head outside, and hand it on as a file that proves itself."""

import re
from typing import Annotated

import typer

from schemas.codes import Via
from vetting import trail
from vetting.commands.context import OPERATOR, Actor, Counter, Database, Json, Unfit, counter, operator
from vetting.trail.lines import export_trail, verify_file
from vetting.trail.publish import as_text, publish_to, send, state_head

app = typer.Typer(help="The chained trail of every act.", no_args_is_help=True)


def parse_hash(text: str) -> str:
    hashed = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", hashed):
        raise typer.BadParameter(f"{text!r} is no hash: 64 digits and letters from a to f.")
    return hashed


Head = Annotated[
    str | None,
    typer.Option("--head", metavar="HASH", parser=parse_hash, help="The hash of an entry, as it was published."),
]


@app.callback()
def group() -> None:
    """The chained trail of every act."""


@app.command()
def verify(
    context: typer.Context,
    head: Head = None,
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="An export, instead of the database.")
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Prove that no entry was altered, removed, inserted or moved; or name the first bad one."""
    here = counter(context)
    if file is None:
        with here.store() as store:
            proof = trail.verify(store.cursor(), head)
    else:
        with here.opened(file) as lines:
            proof = verify_file(lines, head)
    if as_json:
        said = proof._asdict() | {"sound": proof.flaw is None}
        here.say_json({name: said[name] for name in ("head", "sound", "flaw", "first", "entries", "after")})
    elif proof.flaw is None:
        _say(here, proof)
    if proof.flaw is not None:
        raise Unfit(proof.flaw)


@app.command("head")
def say_head(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Print the newest entry's number, moment and hash, to be kept elsewhere."""
    here = counter(context)
    with here.store() as store:
        statement = state_head(store.cursor(), here.now)
    if as_json:
        here.say_json(statement.model_dump(mode="json"))
    else:
        here.say(as_text(statement).rstrip("\n"))


@app.command()
def publish(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="FILE", help="A new file; JSON where its name ends in .json.")],
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Write what `head` prints to a file for publishing; the trail says that it was."""
    here = counter(context)
    with here.store() as store:
        statement = publish_to(store, operator(actor), here.path(to), via=Via.CLI, now=here.now)
    here.say(f"{here.path(to)} states entry {statement.seq}: {statement.hash}")


@app.command("send")
def send_head(context: typer.Context, actor: Actor = OPERATOR, database: Database = None) -> None:
    """E-mail the head to the setting `head_recipients`, through the mail server in VETTING_SMTP_HOST."""
    here = counter(context)
    with here.store() as store:
        statement, reached, refused = send(store, operator(actor), here.environ, via=Via.CLI, now=here.now)
    here.say(f"Entry {statement.seq} was sent to {', '.join(reached)}: {statement.hash}")
    if refused:
        here.note(f"The mail server refused {', '.join(refused)}.")


@app.command()
def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A new file of JSON lines.")],
    first: Annotated[int, typer.Option("--from", min=1, metavar="N", help="The number of its first entry.")] = 1,
    last: Annotated[int | None, typer.Option("--to", min=1, metavar="N", help="And of its last.")] = None,
    actor: Actor = OPERATOR,
    database: Database = None,
) -> None:
    """Write the trail as lines whose SHA-256 are the hashes of its entries."""
    here = counter(context)
    with here.store() as store:
        path = here.path(file)
        done = export_trail(store, operator(actor), path, via=Via.CLI, now=here.now, first=first, last=last)
    here.say(f"{path} holds entries {done.first} to {done.last}. The hash of its last line: {done.head}")


def _say(here: Counter, proof: trail.Proof) -> None:
    if proof.first > 1:
        here.say(f"The file begins at entry {proof.first}; what came before is not in it.")
    if proof.after:
        later = "1 entry" if proof.after == 1 else f"{proof.after} entries"
        here.say(f"Everything up to the hash you gave holds. The trail went on since: {later} after it, all chained.")
    here.say(f"The trail holds. Head: {proof.head}")
