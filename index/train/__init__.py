"""The recipe of the embedding model: see `recipe.py`; run it with `python -m index.train`."""
