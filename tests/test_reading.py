"""Reading a model: from a path or by a bundled name; encodings, line ends, and everything that is no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from iondsl.errors import ModelError, UsageError
from iondsl.reading import MAX_BYTES, read

MODEL = 'model x:\n    "Größe"\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "data",
    [
        MODEL.encode(),
        MODEL.replace("\n", "\r\n").encode(),
        MODEL.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + MODEL.encode(),
    ],
    ids=["plain", "Windows", "old Macintosh", "byte order mark"],
)
def test_text(data: bytes, here: Path) -> None:
    (here / "x.ion").write_bytes(data)
    source = read("x.ion")
    assert (source.name, source.text) == ("x.ion", MODEL)


def test_bundled_model() -> None:
    source = read("hodgkin_huxley_1952")
    assert source.name == "hodgkin_huxley_1952.ion"
    assert "model hodgkin_huxley_1952:" in source.text


def test_a_file_comes_before_a_bundled_model(here: Path) -> None:
    (here / "hodgkin_huxley_1952").write_text(MODEL, encoding="utf-8")
    assert read("hodgkin_huxley_1952").text == MODEL


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            MODEL.encode("latin-1"),
            "x.ion:2:8: error[E109]: the byte 0xF6 is not UTF-8\n"
            '    2 |     "Gr\ufffd\n'
            "      |        ^\n"
            "      = save the file in the encoding UTF-8",
        ),
        (
            b"\xef\xbb\xbfa = 1\r\n\xff",
            "x.ion:2:1: error[E109]: the byte 0xFF is not UTF-8\n"
            "    2 | \ufffd\n"
            "      | ^\n"
            "      = save the file in the encoding UTF-8",
        ),
        (
            b"\x7fELF\x02\0\0",
            "x.ion:1:6: error[E110]: the file is binary, not text\n    1 | ?ELF?\ufffd\n      |      ^",
        ),
        (b"#" * (MAX_BYTES + 1), "x.ion:1:1: error[E111]: the file has more than 8,000,000 bytes"),
    ],
    ids=["Latin 1", "behind a byte order mark", "binary", "large"],
)
def test_no_text(data: bytes, expected: str, here: Path) -> None:
    (here / "x.ion").write_bytes(data)
    with pytest.raises(ModelError) as caught:
        read("x.ion")
    assert str(caught.value) == expected


def test_the_largest_file(here: Path) -> None:
    (here / "x.ion").write_bytes(b"#" * MAX_BYTES)
    assert len(read("x.ion").text) == MAX_BYTES


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hodgkin_huxley", "did you mean `hodgkin_huxley_1952`?"),
        ("Hodgkin_Huxley_1952", "did you mean `hodgkin_huxley_1952`?"),
        ("models/luo_rudy_1991.ion", "did you mean `luo_rudy_1991`?"),
        ("mymodel", "did you mean `mymodel.ion`?"),
        ("my_modle.ion", "did you mean `mymodel.ion`?"),
        ("folder/inner", "did you mean `folder/inner.ion`?"),
        ("zzz", "bundled models: beeler_reuter_1977, calcium_pump, "),
        ("a\0b", "bundled models: "),
    ],
)
def test_missing(name: str, hint: str, here: Path) -> None:
    (here / "mymodel.ion").touch()
    (here / "folder").mkdir()
    (here / "folder" / "inner.ion").touch()
    with pytest.raises(UsageError, match="there is no file and no bundled model") as caught:
        read(name)
    assert f"\n  {hint}" in str(caught.value)


def test_folder(here: Path) -> None:
    (here / "one.ion").touch()
    with pytest.raises(UsageError) as caught:
        read(".")
    assert str(caught.value) == "`.` is a folder\n  a model in it: `one.ion`"


def test_name_beyond_what_the_system_takes() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read("x" * 5000)


def test_unreadable(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, whom no permission stops."""

    def denied(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (here / "x.ion").touch()
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(UsageError) as caught:
        read("x.ion")
    assert str(caught.value) == "`x.ion` cannot be read: Permission denied"


def test_a_file_of_another_kind(here: Path) -> None:
    (here / "notes.txt").write_text("model m:\n")
    (here / "model").write_text("model m:\n")
    with pytest.raises(UsageError, match=r"`notes.txt` is no model: its name ends in .txt\n  models end in .ion, .mmt"):
        read("notes.txt")
    assert read("model").text == "model m:\n"
