"""Host lists as Slurm writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._batches import RowError
from connectors._hostlist import expand


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gpu1", ["gpu1"]),
        ("gpu[01-03,07],login1", ["gpu01", "gpu02", "gpu03", "gpu07", "login1"]),
        ("gpu[8-11]", ["gpu8", "gpu9", "gpu10", "gpu11"]),
        ("r[1-2]n[1,3]", ["r1n1", "r1n3", "r2n1", "r2n3"]),
        ("", []),
    ],
)
def test_lists_are_expanded(text: str, names: list[str]) -> None:
    assert expand(text) == names


@pytest.mark.parametrize("text", ["gpu[1-", "gpu[3-1]", "gpu[a-b]", "gpu]1[", "gpu[1-999999999]"])
def test_a_garbled_list_is_refused(text: str) -> None:
    with pytest.raises(RowError, match="NodeList"):
        expand(text)


@given(
    st.lists(st.integers(0, 999), min_size=1, max_size=40, unique=True),
    st.sampled_from(["gpu", "n-", "rack2x"]),
)
def test_what_is_listed_is_named_once(numbers: list[int], stem: str) -> None:
    runs = ",".join(f"{n:03d}" for n in numbers)
    assert expand(f"{stem}[{runs}],other") == [*(f"{stem}{n:03d}" for n in numbers), "other"]
