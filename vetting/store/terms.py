"""Which consent wording and data-sharing terms hold for a partner, who published and who accepted them, and under which
a batch was sent. Appended only: a new version is another row, and the newest that is for a partner or for all counts.
"""

from collections.abc import Collection
from datetime import datetime

from schemas.codes import Action, Role, Via
from schemas.consent import EVERYBODY, Acceptance, BatchTerms, Terms, TermsKind, first_terms, text_hash
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import ChangedMeanwhile, Refusal
from vetting.store.act import Moment, NothingNew, act
from vetting.store.connect import Cursor, Store
from vetting.store.partners import fetch_partner, fetch_partners
from vetting.store.rows import fetch_records

LONGEST_TEXT = 20_000  # characters; assumed: ten times what anybody reads to a worker
COLUMNS = "terms_id, kind, version, partner, text, hash, recorded_at, actor, reason"
PUBLISHED = f"SELECT {COLUMNS} FROM desk.terms ORDER BY recorded_at"
INSERT = f"""
INSERT INTO desk.terms ({COLUMNS})
VALUES ($terms_id, $kind, $version, $partner, $text, $hash, $recorded_at, $actor, $reason)
"""
ACCEPTED = """
SELECT partner, terms_id, hash, recorded_at, actor
FROM desk.terms_acceptance
WHERE $partner IS NULL OR partner = $partner
ORDER BY recorded_at, partner, terms_id
"""
INSERT_ACCEPTANCE = """
INSERT INTO desk.terms_acceptance (partner, terms_id, hash, recorded_at, actor)
VALUES ($partner, $terms_id, $hash, $recorded_at, $actor)
"""
OF_BATCH = """
SELECT batch_id, recorded_at, consent_id, consent_hash, sharing_id, sharing_hash, accepted
FROM desk.batch_terms
WHERE batch_id = $batch_id
"""
INSERT_OF_BATCH = """
INSERT INTO desk.batch_terms (batch_id, recorded_at, consent_id, consent_hash, sharing_id, sharing_hash, accepted)
VALUES ($batch_id, $recorded_at, $consent_id, $consent_hash, $sharing_id, $sharing_hash, $accepted)
"""


def fetch_terms(db: Cursor, viewer: Viewer) -> list[Terms]:
    """Every version, oldest first: all of them for administrators, for a partner those it was ever meant to read."""
    require(viewer, Role.ADMIN, Role.PARTNER)
    meant = None if viewer.role is Role.ADMIN else (EVERYBODY, viewer.organisation)
    return [each for each in _versions(db) if meant is None or each.partner in meant]


def terms_in_force(db: Cursor, partner: str = EVERYBODY) -> dict[TermsKind, Terms]:
    """What counts for this partner now; for EVERYBODY, what a partner without a version of its own reads."""
    return {each.kind: each for each in _versions(db) if each.partner in (EVERYBODY, partner)}


def terms_to_accept(db: Cursor, partner: str) -> tuple[Terms, ...]:
    """What counts for this partner now and nobody of it has accepted yet."""
    accepted = {each.terms_id for each in _acceptances(db, partner)}
    return tuple(each for each in terms_in_force(db, partner).values() if each.terms_id not in accepted)


def fetch_acceptances(db: Cursor, viewer: Viewer) -> list[Acceptance]:
    """Who accepted which version, oldest first: of every partner for administrators, else of one's own."""
    require(viewer, Role.ADMIN, Role.PARTNER)
    return _acceptances(db, None if viewer.role is Role.ADMIN else viewer.organisation)


def require_accepted(db: Cursor, viewer: Viewer, partner: str) -> None:
    """Refuse a partner's member who would send under a version that nobody of the partner has accepted. The operator is
    not held up: the batch then says that it was sent unaccepted."""
    if viewer.role is Role.PARTNER and terms_to_accept(db, partner):
        raise Refusal("Read and accept the consent wording and the data-sharing terms first, then send the file.")


def publish_terms(
    store: Store, viewer: Viewer, kind: TermsKind, partner: str, text: str, *, reason: str, via: Via, now: datetime
) -> Terms:
    """Append a version for one partner or for EVERYBODY; from this moment on it counts for whom it is for.

    Raises Refusal for a blank or overlong text, a blank reason, and a text that is in force already word for word;
    NotFound for an unknown partner.
    """
    require(viewer, Role.ADMIN)
    written, why = "\n".join(text.strip().splitlines()) + "\n", reason.strip()
    if not written.strip():
        raise Refusal("The text is empty. Write what the partner is to read.")
    if len(written) > LONGEST_TEXT:
        raise Refusal(f"The text has {len(written)} characters, and {LONGEST_TEXT} are the most. Make it shorter.")
    if not why:
        raise Refusal("Say why there is a new version: the reason is kept with it and on the trail.")

    def deed(moment: Moment) -> tuple[Entry, Terms]:
        db, concerned = moment.db, [partner]
        if partner == EVERYBODY:
            concerned += [each.partner for each in fetch_partners(db)]
        else:
            fetch_partner(db, partner)
        before, digest = terms_in_force(db, partner)[kind], text_hash(written)
        if all(terms_in_force(db, each)[kind].hash == digest for each in concerned):
            raise Refusal("Word for word this text is in force already. Change it, or leave it as it is.")
        version = 1 + max(each.version for each in _versions(db) if each.kind is kind)
        made = Terms(
            terms_id=f"{kind}-{version}", kind=kind, version=version, partner=partner, text=written, hash=digest,
            recorded_at=moment.recorded_at, actor=viewer.actor, reason=why,
        )  # fmt: skip
        db.execute(INSERT, made.model_dump() | {"kind": kind.value})
        entry = Entry(
            action=Action.TERMS_PUBLISH,
            subject=made.terms_id,
            before={"terms": before.terms_id, "hash": before.hash},
            after={"terms": made.terms_id, "hash": made.hash, "partner": partner or "all"},
            reason=why,
        )
        return entry, made

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def accept_terms(
    store: Store, viewer: Viewer, seen: Collection[str], *, via: Via, now: datetime
) -> tuple[Acceptance, ...]:
    """A partner's member accepts for the partner what counts for it now. `seen`: the hashes of the texts that were
    read; ChangedMeanwhile when a version that was not among them counts by now. With nothing to accept nothing is done.
    """
    require(viewer, Role.PARTNER)

    def deed(moment: Moment) -> tuple[Entry, tuple[Acceptance, ...]]:
        partner = fetch_partner(moment.db, viewer.organisation).partner
        due = terms_to_accept(moment.db, partner)
        if not due:
            raise NothingNew(())
        if {each.hash for each in due} - set(seen):
            raise ChangedMeanwhile("A new version was published while you were reading. Read it, then accept.")
        said = tuple(
            Acceptance(
                partner=partner, terms_id=each.terms_id, hash=each.hash, recorded_at=moment.recorded_at,
                actor=viewer.actor,
            )
            for each in due
        )  # fmt: skip
        for each in said:
            moment.db.execute(INSERT_ACCEPTANCE, each.model_dump())
        after = {"accepted": [{"terms": each.terms_id, "hash": each.hash} for each in said]}
        return Entry(action=Action.TERMS_ACCEPT, subject=partner, after=after), said

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def save_batch_terms(moment: Moment, batch_id: str, partner: str) -> BatchTerms:
    """Inside the act that commits a batch: what counts for its partner at this moment, and whether it is accepted."""
    now = terms_in_force(moment.db, partner)
    consent, sharing = now[TermsKind.CONSENT], now[TermsKind.SHARING]
    said = BatchTerms(
        batch_id=batch_id,
        recorded_at=moment.recorded_at,
        consent_id=consent.terms_id,
        consent_hash=consent.hash,
        sharing_id=sharing.terms_id,
        sharing_hash=sharing.hash,
        accepted=not terms_to_accept(moment.db, partner),
    )
    moment.db.execute(INSERT_OF_BATCH, said.model_dump())
    return said


def fetch_batch_terms(db: Cursor, batch_id: str) -> BatchTerms | None:
    """Under which versions a batch was sent; None for one from before they were recorded."""
    found = fetch_records(db, BatchTerms, OF_BATCH, {"batch_id": batch_id})
    return found[0] if found else None


def _versions(db: Cursor) -> list[Terms]:
    return [*map(first_terms, TermsKind), *fetch_records(db, Terms, PUBLISHED, {})]


def _acceptances(db: Cursor, partner: str | None) -> list[Acceptance]:
    return fetch_records(db, Acceptance, ACCEPTED, {"partner": partner})
