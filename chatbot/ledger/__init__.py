"""The ledger of sub-questions: what was asked, what the answer does with it, what is missing."""
