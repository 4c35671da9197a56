"""Ends what a process has started when that process is killed and cannot do so itself."""

import subprocess
from contextlib import suppress
from pathlib import Path

# The input ends when nobody can write to it any more, however that came about.
_SCRIPT = """
while read -r what which
do case $what in group) all="$all -$which";; folder) folder=$which;; esac
done
kill -KILL $all
rm -rf "$folder"
"""


class Guard:
    """Outlives the process that made it, and then ends and removes what it was told.

    For POSIX systems: the programs that a cluster is made of are on no other.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - the system's shell, and a script of our own
            ["/bin/sh", "-c", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )

    def watch(self, group: int) -> None:
        """Is to end this group of processes: the number is that of its first process."""
        self._tell(f"group {group}")

    def remove(self, folder: Path) -> None:
        """Is to remove this folder; only the last one that it was told."""
        self._tell(f"folder {folder}")

    def dismiss(self) -> None:
        """Ends the guard: everything has been stopped in an orderly way."""
        self._process.kill()
        self._process.communicate()

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):  # somebody has ended the guard
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()
