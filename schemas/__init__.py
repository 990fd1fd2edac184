"""The nouns: codes, records, tables, and the standard and reference lists as data. Imports nothing of the house."""
