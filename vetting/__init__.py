"""The verbs: store, intake, scoring, disclosure, certification. Imports schemas, never pages."""
