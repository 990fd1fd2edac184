"""`keys`: the keys that certificates are signed with. Their private halves are files, never shown and never stored."""

from datetime import datetime
from typing import Annotated

import typer

from schemas.certificate import PublicKeys
from schemas.codes import Via
from vetting.certification.keys import declare_compromised, public_keys, rotate_key
from vetting.certification.signing import sign_anew
from vetting.commands.context import Actor, Database, Json, Reason, counter, operator, parse_moment
from vetting.commands.tables import table

app = typer.Typer(help="The keys that certificates are signed with.", no_args_is_help=True)
SHOWN = ("key_id", "public_key", "valid_from", "retired_at", "compromised_from")


@app.command("rotate")
def rotate(context: typer.Context, actor: Actor, as_json: Json = False, database: Database = None) -> None:
    """Make a new key and sign with it from now on. What older keys signed goes on to verify."""
    here = counter(context)
    with here.store() as store:
        key = rotate_key(store, operator(actor), via=Via.CLI, now=here.now)
        folder = store.keys
    if as_json:
        return here.say_json(PublicKeys(keys=(key,)).as_json())
    here.say(f"Certificates are signed with the key {key.key_id} from now on.")
    return here.say(
        f"Its private half is in {folder}. Keep a copy in a safe place: no backup of the database holds it."
    )


@app.command("list")
def list_keys(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Every public key, oldest first; as JSON, exactly what /keys.json publishes."""
    here = counter(context)
    with here.store() as store:
        said = public_keys(store.cursor()).as_json()
    if as_json:
        here.say_json(said)
    else:
        here.say(table(said["keys"], SHOWN, "There is no key yet. Make one with `keys rotate`."))


@app.command("compromised")
def compromised(
    context: typer.Context,
    key_id: Annotated[str, typer.Argument(metavar="KEY", help="The key, as `keys list` shows it.")],
    since: Annotated[
        datetime, typer.Option(parser=parse_moment, metavar="MOMENT", help="When somebody else may have had it (UTC).")
    ],
    reason: Reason,
    actor: Actor,
    database: Database = None,
) -> None:
    """Say that somebody else may have signed with a key. Then `keys rotate`, and `keys sign` what it had signed."""
    here = counter(context)
    with here.store() as store:
        key = declare_compromised(store, operator(actor), key_id, since, reason, via=Via.CLI, now=here.now)
    here.say(
        f"The key {key.key_id} is compromised from {key.compromised_from:%Y-%m-%d %H:%M} UTC and signs nothing any "
        "more. Make a new one with `keys rotate`, then sign its certificates anew with `keys sign`."
    )


@app.command("sign")
def sign(context: typer.Context, actor: Actor, as_json: Json = False, database: Database = None) -> None:
    """Sign what has no signature to rely on: certificates older than signing, or signed with a compromised key."""
    here = counter(context)
    with here.store() as store:
        done = [each.number for each in sign_anew(store, operator(actor), via=Via.CLI, now=here.now)]
    if as_json:
        here.say_json(done)
    else:
        here.say(f"Signed: {', '.join(done)}." if done else "Every certificate has a signature to rely on.")
