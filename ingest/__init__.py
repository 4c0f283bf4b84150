"""Reading files and registers into the ledger, and deciding which records are one entity."""
