"""Which packages an installation has: those of generator/, and two that lie beside it here (package-dir in pyproject.toml)."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["generator*"]), "generator.templates", "generator.static"])
