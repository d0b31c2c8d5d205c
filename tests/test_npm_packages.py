"""Packages of npm: pinned, checked by their hash, fetched once; and what is said where they cannot be had."""

import base64
import hashlib
import io
import stat
import tarfile

import pytest
from support.making import Silent

from generator.core.errors import PackageError
from generator.core.store import Store
from generator.publish import npm_packages


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that a program called npm on the path gives, and only that program is on it."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, mode in (("package/build/tool", 0o755), ("package/LICENSE", 0o644), ("package/other.js", 0o644)):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(name), mode
            archive.addfile(member, io.BytesIO(name.encode()))
    (tmp_path / "archive.tgz").write_bytes(content.getvalue())
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n/bin/cp {tmp_path}/archive.tgz scope-tool-1.0.tgz\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    digest = base64.b64encode(hashlib.sha512(content.getvalue()).digest()).decode()
    return npm_packages.Package(
        name="@scope/tool", version="1.0", integrity=f"sha512-{digest}", files=("build/tool", "LICENSE")
    )


def test_the_wanted_files_are_kept_and_fetched_only_once(package, tmp_path):
    store = Store(tmp_path / "store")
    folder = npm_packages.fetch((package,), store=store, progress=Silent())
    again = npm_packages.fetch((package,), store=store, progress=Silent())

    assert folder == again
    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE", "tool"]
    assert (folder / "tool").read_text() == "package/build/tool"
    assert (folder / "tool").stat().st_mode & stat.S_IXUSR
    assert (tmp_path / "asked").read_text().splitlines() == [
        "pack @scope/tool@1.0 --ignore-scripts --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000"
    ]


def test_another_archive_than_the_pinned_one_is_refused_and_nothing_is_kept(package, tmp_path):
    (tmp_path / "archive.tgz").write_bytes(b"something else")
    store = Store(tmp_path / "store")

    with pytest.raises(PackageError, match=r"@scope/tool 1\.0: the download has the hash sha512-.*, not sha512-"):
        npm_packages.fetch((package,), store=store, progress=Silent())
    assert not any(path.is_file() and path.name == "tool" for path in store.root.rglob("*"))


def test_without_npm_the_error_says_what_to_install(package, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    with pytest.raises(PackageError, match=r"npm, which downloads it, is not installed; install Node\.js"):
        npm_packages.fetch((package,), store=Store(tmp_path / "store"), progress=Silent())


def test_without_a_network_the_error_says_what_npm_said(package, tmp_path):
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")

    with pytest.raises(PackageError, match=r"npm could not download it \(code ENOTFOUND\); build again with"):
        npm_packages.fetch((package,), store=Store(tmp_path / "store"), progress=Silent())


def test_a_machine_for_which_there_is_no_program_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(npm_packages.platform, "machine", lambda: "sparc64")

    with pytest.raises(PackageError, match=r"pagefind 1\.6\.0: it has no program for \w+ sparc64"):
        npm_packages.pagefind(store=Store(tmp_path / "store"), progress=Silent())
