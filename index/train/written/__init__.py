"""Questions written for passages of the training half, with which a finished model is refined."""
