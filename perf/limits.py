"""What the operating system allows a process."""

import sys

_FILES_BESIDES = 128


class TooFewFiles(Exception):
    """The system does not let this process open a connection for each order."""

    def __init__(self, connections: int, allowed: int) -> None:
        super().__init__(
            f"{connections} orders at once need {connections + _FILES_BESIDES} open files, and "
            f"this system allows {allowed}. Place fewer, or raise the limit (ulimit -Hn)."
        )


if sys.platform == "win32":

    def allow_connections(connections: int) -> None:
        """Does nothing: Windows has no limit that a burst could meet."""

else:
    import resource

    def allow_connections(connections: int) -> None:
        """Raises this process's own limit of open files as far as needed, or TooFewFiles."""
        needed = connections + _FILES_BESIDES
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if _suffices(soft, needed):
            return
        if not _suffices(hard, needed):
            raise TooFewFiles(connections, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))

    def _suffices(limit: int, needed: int) -> bool:
        return limit == resource.RLIM_INFINITY or limit >= needed
