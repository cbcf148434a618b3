"""The ledger of amounts: every figure of the documents with its year, code, credit and page."""
