"""The report: the right figures in both languages, and the same bytes for the same file."""

from dashboards import published
from reports import pack


def test_the_figures_are_those_of_the_last_month(published_file):
    told = pack.content(published_file, published.named(published_file), "en")
    assert told["figures"][0] == {
        "label": "IT total",
        "strong": True,
        "cells": [["9.0", "[8.1 … 9.9]"], ["7.0", "[6.3 … 7.7]"]],
    }
    labels = [row["label"] for row in told["figures"]]
    assert labels == [
        "IT total",
        "Scope 2",
        "Scope 3",
        "of which AI",
        "#3 development",
        "#4 production",
        "undecided (IT that no rule decides)",
    ]
    assert told["warnings"] == ["FR: fr-2022 is the newest factor"] and told["target"] == "Target: off track"
    assert told["month"] == "September 2026" and told["status"] == "preliminary" and told["fictional"]


def test_french_words_and_numbers(published_file):
    told = pack.content(published_file, published.named(published_file), "fr")
    assert (
        told["figures"][0]["cells"][0][0] == "9,0"
        and told["month"] == "septembre 2026"
        and told["target"].startswith("Objectif")
    )
    assert told["warnings"] == ["FR: le facteur réseau le plus récent est antérieur au mois"]


def test_the_same_file_gives_the_same_pdf(published_file, tmp_path):
    first = pack.render(published_file, tmp_path / "a.pdf", "fr").read_bytes()
    second = pack.render(published_file, tmp_path / "b.pdf", "fr").read_bytes()
    assert first == second and first.startswith(b"%PDF") and len(first) > 20_000
