"""The monthly report pack, from the published file alone."""
