"""Every signal of a scope, the most surprising first."""

from schemas.signal import Scope, Signal, SignalKind
from vetting.signals import at_the_cap, contradictions, jumps, near_copies, registered_again, straight_lines
from vetting.store import Cursor

FINDERS = {
    SignalKind.NEAR_COPIES: near_copies.find,
    SignalKind.STRAIGHT_LINES: straight_lines.find,
    SignalKind.AT_THE_CAP: at_the_cap.find,
    SignalKind.JUMP: jumps.find,
    SignalKind.CONTRADICTION: contradictions.find,
    SignalKind.REGISTERED_AGAIN: registered_again.find,
}


def find_signals(db: Cursor, scope: Scope) -> list[Signal]:
    """Reads only; nothing is changed and nothing is kept."""
    found = [signal for find in FINDERS.values() for signal in find(db, scope)]
    return sorted(found, key=lambda signal: (signal.chance, -signal.count, signal.kind, signal.agencies))
