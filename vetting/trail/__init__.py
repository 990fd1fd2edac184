"""The chained trail: append-only, one row per act, each hash covering the one before it.

It proves that nothing inside the chain was edited, removed, inserted or reordered. Whoever holds the file can rewrite
the whole chain or cut its end: only a head hash published elsewhere catches that (`verify(expected_head=...)`).
"""

from vetting.trail.chain import GENESIS, append, canonical, digest, fetch_about, head
from vetting.trail.proof import Proof, verify

__all__ = ["GENESIS", "Proof", "append", "canonical", "digest", "fetch_about", "head", "verify"]
