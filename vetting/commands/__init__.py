"""The command line: one module per noun. Each command says what it did, as a table for people or as JSON."""
