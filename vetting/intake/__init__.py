"""From a partner's file to committed reports: read, map columns, normalise, check, match agencies, commit."""
