"""Versions of the libraries that make a vector, as installed: read from their metadata, not imported."""

from importlib.metadata import PackageNotFoundError, version

from generator.core.errors import EncoderError


def installed(*packages: str) -> tuple[str, ...]:
    """Return "package version" of each, of torch and of Pillow. Raises EncoderError where one is missing."""
    try:
        return tuple(f"{package} {version(package)}" for package in ("torch", "pillow", *packages))
    except PackageNotFoundError as error:
        raise EncoderError(
            f"the package {error.name} is not installed; run `make site`, or `pip install` Tesserae again"
        ) from error
