"""The manner of every record: frozen, and unknown fields refused."""

import warnings

from pydantic import BaseModel, ConfigDict

# An agency's `register` is the field's own word; pydantic warns because abstract base classes have a method so named.
warnings.filterwarnings("ignore", message='Field name "register"', category=UserWarning)


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
