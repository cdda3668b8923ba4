"""The store: one making per key, nothing half-made, and no error from what other processes do to it."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from iondsl.cache import store
from iondsl.cache.listing import clear, entries
from iondsl.cache.store import Cache, generated, locate, locked, obtain
from iondsl.errors import CompilerError, UsageError


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def writes(text: str, name: str = "cell.so") -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_text(text)

    return make


def never(folder: Path) -> None:
    raise AssertionError(f"made again: {folder}")


def test_made_once(cache: Cache) -> None:
    folder = obtain(cache, "extensions", "k", writes("one"))
    assert folder == obtain(cache, "extensions", "k", never)
    assert (folder / "cell.so").read_text() == "one"


def test_kinds_and_keys_are_apart(cache: Cache) -> None:
    folders = {
        obtain(cache, kind, key, writes("x")) for kind in ("extensions", "generated") for key in ("a", "b")
    }
    assert len(folders) == 4


def test_generated_texts_keep_their_bytes(cache: Cache) -> None:
    folder = generated(cache, "k", lambda: {"manifest.json": "{}\n", "cell.pyx": "# µ\r\n"})
    assert (folder / "cell.pyx").read_bytes() == "# µ\r\n".encode()


def test_threads_make_once(cache: Cache) -> None:
    made = []

    def slow(folder: Path) -> None:
        made.append(folder)
        time.sleep(0.05)
        (folder / "cell.so").touch()

    threads = [threading.Thread(target=obtain, args=(cache, "extensions", "k", slow)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_failure_leaves_nothing(cache: Cache) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise CompilerError("broken")

    with pytest.raises(CompilerError):
        obtain(cache, "extensions", "k", fail)
    assert not list((cache.root / "tmp").iterdir())
    assert not cache.folder("extensions", "k").exists()
    obtain(cache, "extensions", "k", writes("one"))


@pytest.mark.parametrize(
    "damage", ["missing", "truncated", "no contents", "empty contents", "garbled contents"]
)
def test_damaged_entry_is_made_again(cache: Cache, damage: str) -> None:
    folder = obtain(cache, "extensions", "k", writes("one"))
    match damage:
        case "missing":
            (folder / "cell.so").unlink()
        case "truncated":
            (folder / "cell.so").write_text("")
        case "no contents":
            (folder / store.CONTENTS).unlink()
        case "empty contents":
            (folder / store.CONTENTS).write_text("")
        case _:
            (folder / store.CONTENTS).write_text("half of a li")
    obtain(cache, "extensions", "k", writes("two"))
    assert (folder / "cell.so").read_text() == "two"
    assert not list((cache.root / "tmp").iterdir())


def test_entry_of_a_faster_process_is_kept(cache: Cache) -> None:
    """As where locks do not hold: the entry is there when this process wants to put its own in place."""

    def overtaken(folder: Path) -> None:
        (folder / "cell.so").write_text("late")
        store.publish(cache, cache.folder("extensions", "k"), writes("early"))

    folder = obtain(cache, "extensions", "k", overtaken)
    assert (folder / "cell.so").read_text() == "early"


def test_killed_build_does_not_disturb(cache: Cache) -> None:
    leftover = cache.root / "tmp" / "extensions-k.12345-00000000"
    leftover.mkdir(parents=True)
    (leftover / "cell.c").write_text("half")
    obtain(cache, "extensions", "k", writes("one"))
    assert [entry.key for entry in entries(cache)] == ["k"]
    clear(cache)
    assert not leftover.exists()


def test_clear_spares_what_is_being_built(cache: Cache) -> None:
    def build(folder: Path) -> None:
        assert clear(cache) == 0
        (folder / "cell.so").write_text("one")

    folder = obtain(cache, "extensions", "k", build)
    assert (folder / "cell.so").exists()


def test_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", str(tmp_path / "here"))
    assert locate().root == tmp_path / "here"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IONDSL_CACHE_DIR", "relative")
    assert locate().root == tmp_path / "relative"


def test_default_is_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONDSL_CACHE_DIR", "")
    assert "iondsl" in locate().root.parts
    assert locate().root.is_absolute()


@pytest.mark.parametrize("named", ["", "/scratch", "scratch", "~/caches"])
@pytest.mark.parametrize(("platform", "known"), [("linux", Unix), ("darwin", MacOS)])
def test_caches_are_where_platformdirs_has_them(
    platform: str, known: type[Unix | MacOS], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("IONDSL_CACHE_DIR", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    assert locate().root == Path(known("iondsl", appauthor=False).user_cache_dir)


def test_a_user_without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("IONDSL_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(UsageError, match="IONDSL_CACHE_DIR"):
        locate()


def test_cache_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    with pytest.raises(UsageError, match=r"cannot be written: .*\n.*IONDSL_CACHE_DIR") as caught:
        obtain(cache, "extensions", "k", writes("one"))
    assert caught.value.exit_code == 2
    assert entries(cache) == ()


def test_a_disk_that_fills_up_while_an_entry_is_made(cache: Cache) -> None:
    """Other errors of what makes it are its own."""

    def fails(number: int) -> Callable[[Path], None]:
        def make(folder: Path) -> None:
            raise OSError(number, os.strerror(number))

        return make

    with pytest.raises(UsageError, match=r"cannot be written: No space left on device\n  set IONDSL_CACHE_DIR"):
        obtain(cache, "extensions", "k", fails(errno.ENOSPC))
    with pytest.raises(FileNotFoundError):
        obtain(cache, "extensions", "k", fails(errno.ENOENT))
    assert not cache.folder("extensions", "k").exists()


def test_warm_cache_need_not_be_writable(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = obtain(cache, "extensions", "k", writes("one"))
    monkeypatch.setattr(store, "locked", never)
    assert obtain(cache, "extensions", "k", never) == folder


def test_listing(cache: Cache) -> None:
    generated(
        cache, "g", lambda: {"manifest.json": "{}", "link.json": "{}", "cell.pyx": "12345", "cell.pyi": ""}
    )
    obtain(cache, "extensions", "e", writes("1234567", "cell.cpython-311-linux.so"))
    found = {entry.kind: entry for entry in entries(cache)}
    assert (found["generated"].name, found["generated"].key, found["generated"].size) == ("cell", "g", 9)
    assert (found["extensions"].name, found["extensions"].size) == ("cell", 7)
    assert all(0 <= entry.age < 3600 for entry in found.values())


def test_listing_of_nothing(cache: Cache) -> None:
    assert entries(cache) == ()
    assert clear(cache) == 0
    (cache.root / "generated" / "empty").mkdir(parents=True)
    assert entries(cache) == ()


def test_clear_counts_and_empties(cache: Cache) -> None:
    for key in ("a", "b"):
        obtain(cache, "extensions", key, writes("x"))
    (cache.root / "failed" / "extensions-c").mkdir(parents=True)
    assert clear(cache) == 2
    assert entries(cache) == ()
    assert not (cache.root / "failed").exists()
    assert clear(cache) == 0


def test_clear_while_listing_and_building(cache: Cache) -> None:
    stop = threading.Event()
    failures: list[BaseException] = []

    def repeat(action: Callable[[], object]) -> None:
        try:
            while not stop.is_set():
                action()
        except BaseException as failure:  # noqa: BLE001 - reported by the test itself
            failures.append(failure)

    actions = (
        lambda: entries(cache),
        lambda: clear(cache),
        lambda: obtain(cache, "extensions", "a", writes("x")),
        lambda: obtain(cache, "extensions", "a", writes("x")),
    )
    threads = [threading.Thread(target=repeat, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_locks_exclude_each_other(cache: Cache) -> None:
    with (
        locked(cache, "one"),
        locked(cache, "two"),
        pytest.raises(TimeoutError),
        locked(cache, "one", timeout=0),
    ):
        pass
    with locked(cache, "one", timeout=0):
        pass
