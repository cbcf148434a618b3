"""What a member does with the answers beside asking: overview, promises, "al gevraagd?"."""
