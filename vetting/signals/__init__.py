"""What in the evidence is more than chance? One module per signal, each with one function `find(db, scope)`."""
