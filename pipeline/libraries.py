"""What is installed beside us."""

from importlib.metadata import PackageNotFoundError, version


def library_version(name: str) -> str:
    """Return the version of a distribution; `absent` for one that is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
