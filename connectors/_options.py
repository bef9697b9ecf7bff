"""Options that several sources share."""

from __future__ import annotations

from connectors.base import Document, ParseError

BASES = ("location", "both")


def accounting_basis(document: Document) -> str:
    """Give the basis of a figure that its provider does not split: ``location``, unless the source says ``both``.

    A figure that is on the market basis alone cannot be posted: the location basis has no stand-in.

    Raises
    ------
    ParseError
        When the option is another word.
    """
    basis = document.options.get("accounting_basis", BASES[0])
    if basis not in BASES:
        raise ParseError(
            f"{document.name}, options.accounting_basis of the source: {basis!r} is not one of {', '.join(BASES)}"
        )
    return str(basis)
