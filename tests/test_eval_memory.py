"""What Linux tells of the memory of a process."""

import os
from pathlib import Path

import pytest

from eval.memory import read_memory

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")


def test_sizes_of_a_process_are_in_mib() -> None:
    sizes = read_memory()
    block = bytearray(os.urandom(1) * 64 * 1024**2)
    grown = read_memory(os.getpid())
    assert 48 < grown["RssAnon"] - sizes["RssAnon"] < 80
    assert grown["VmHWM"] >= grown["VmRSS"] >= grown["RssAnon"]
    assert len(block) == 64 * 1024**2


def test_a_process_that_is_gone_is_an_error() -> None:
    with pytest.raises(OSError, match="No such file"):
        read_memory(2**30)
