"""The monthly report pack, made from the published file alone."""
