"""Where everything is kept: connect and migrate, one transaction per act, one module per noun.

Only modules under `vetting` speak to DuckDB, and every statement says `desk.x` or `evidence.x`.
"""

from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store, open_store

__all__ = ["Cursor", "Moment", "Store", "act", "open_store"]
