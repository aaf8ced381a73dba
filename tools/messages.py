"""Catalogues of the interface: one per room of code, French from English msgids. Needs no gettext.

python tools/messages.py sync      bring every .po up to date with the code
python tools/messages.py check     fail on what is missing, fuzzy, obsolete or has other placeholders
python tools/messages.py compile   write the .mo files, with the spaces of French typography
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "relais"
CATALOGUE = "locale/fr/LC_MESSAGES/django.po"
SHARED_TEMPLATES = {"components", "errors"}
SIGN_IN_TEMPLATES = {"account", "allauth", "mfa"}  # django-allauth's names for what our room of people shows
HEADER = {
    "Project-Id-Version": "relais",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
# function: where it takes its context, its message, its plural
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
NAMES = {"_": "gettext", "gettext_noop": "gettext"} | {name + end: name for name in FUNCTIONS for end in ("", "_lazy")}
_STRING = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_CALL = re.compile(rf"\b(?P<name>n?p?gettext|_)\(\s*(?P<arguments>{_STRING}(?:\s*,\s*{_STRING})*)")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|(?<![{\w])\{(\w*)\}")


@dataclass(frozen=True)
class Message:
    """A text to translate."""

    text: str
    plural: str | None = None
    context: str | None = None


def room_of(path: Path) -> Path:
    """The room that holds the catalogue of a file; both are relative to the package."""
    parts = path.parts
    if parts[0] != "web":
        return Path(parts[0]) if len(parts) > 1 else Path()
    rest = parts[2:] if parts[1:2] == ("templates",) else parts[1:]
    domain = rest[0] if len(rest) > 1 else ""
    domain = "people" if domain in SIGN_IN_TEMPLATES else domain
    shared = domain in SHARED_TEMPLATES or not (ROOT / PACKAGE / "web" / domain / "__init__.py").exists()
    return Path("web") if not domain or shared or domain == "templatetags" else Path("web") / domain


def _message(function: str, arguments: list[str | None]) -> Message | None:
    context, text, plural = (None if place is None else arguments[place : place + 1] for place in FUNCTIONS[NAMES[function]])
    if not text or not text[0]:
        return None
    return Message(text[0], plural[0] if plural else None, context[0] if context else None)


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def from_python(source: str) -> Iterator[Message]:
    """The texts of a module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in NAMES and (message := _message(name, [_constant(argument) for argument in node.args])):
            yield message


def from_template(source: str) -> Iterator[Message]:
    """The texts of a template."""
    for call in _CALL.finditer(templatize(source)):
        arguments = ast.literal_eval(f"[{call['arguments']}]")
        if message := _message(call["name"], arguments):
            yield message


def extract(root: Path = ROOT) -> dict[Path, dict[Message, set[str]]]:
    """Every text of every room, with the files it is in."""
    rooms: dict[Path, dict[Message, set[str]]] = defaultdict(lambda: defaultdict(set))
    readers = {".py": from_python, ".html": from_template, ".txt": from_template, ".mjml": from_template}
    for path in sorted((root / PACKAGE).rglob("*")):
        if path.suffix not in readers or "migrations" in path.parts or "stories" in path.parts:
            continue
        relative = path.relative_to(root / PACKAGE)
        for message in readers[path.suffix](path.read_text()):
            rooms[room_of(relative)][message].add(f"{PACKAGE}/{relative.as_posix()}")
    return rooms


def catalogues(root: Path = ROOT) -> dict[Path, Path]:
    """Each room that has a catalogue, with its file."""
    return {path.parents[3].relative_to(root / PACKAGE): path for path in sorted((root / PACKAGE).glob(f"**/{CATALOGUE}"))}


def _key(entry: polib.POEntry) -> tuple[str | None, str, str | None]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def _renewed(message: Message, files: set[str], known: dict[tuple[str | None, str, str | None], polib.POEntry]) -> polib.POEntry:
    """The entry as it was, with its files; a new one carries the closest old translation, marked fuzzy."""
    entry = known.get((message.context, message.text, message.plural))
    if entry is None:
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context, msgid_plural=message.plural or "")
        if message.plural:
            entry.msgstr_plural = {0: "", 1: ""}
        else:
            close = difflib.get_close_matches(message.text, [old.msgid for old in known.values() if old.msgstr], 1, 0.8)
            if close:
                entry.msgstr = next(old.msgstr for old in known.values() if old.msgid == close[0] and old.msgstr)
                entry.flags = ["fuzzy"]
    if _PLACEHOLDER.search(message.text) and "%(" in message.text and "python-format" not in entry.flags:
        entry.flags.append("python-format")
    entry.occurrences = [(file, "") for file in sorted(files)]
    entry.obsolete = False
    return entry


def sync(root: Path = ROOT, only: tuple[str, ...] = ()) -> list[str]:
    """Bring every catalogue up to date; says what changed."""
    found, existing, told = extract(root), catalogues(root), []
    for room in sorted(found.keys() | existing.keys()):
        if only and room.as_posix() not in only:
            continue
        path = existing.get(room, root / PACKAGE / room / CATALOGUE)
        known = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = HEADER
        wanted = {(message.context, message.text, message.plural): (message, files) for message, files in found.get(room, {}).items()}
        for key in sorted(wanted, key=lambda key: (key[1], key[0] or "", key[2] or "")):
            message, files = wanted[key]
            catalogue.append(_renewed(message, files, known))
        told += [f"{path}: new: {key[1]}" for key in wanted.keys() - known.keys()]
        told += [f"{path}: gone: {key[1]}" for key in known.keys() - wanted.keys()]
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
    return told


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(text)}


def mistakes_of(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one entry."""
    translations = _translations(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if not translations or not all(translations):
        yield "not translated"
        return
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    for number, text in enumerate(translations):
        has = _placeholders(text)
        singular_may_drop = bool(entry.msgid_plural) and number == 0
        if has - wanted or (wanted - has and not singular_may_drop):
            yield f"its placeholders are {sorted(has)}, not {sorted(wanted)}"


def check(root: Path = ROOT) -> list[str]:
    """Everything that is wrong with the catalogues."""
    found, existing, wrong = extract(root), catalogues(root), []
    meanings: dict[tuple[str | None, str, str | None], tuple[list[str], Path]] = {}
    for room in sorted(found.keys() | existing.keys()):
        path = existing.get(room)
        entries = {_key(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete} if path else {}
        wanted = {(message.context, message.text, message.plural) for message in found.get(room, {})}
        name = path or root / PACKAGE / room / CATALOGUE
        wrong += [f"{name}: missing: {key[1]!r}" for key in sorted(wanted - entries.keys(), key=str)]
        wrong += [f"{name}: obsolete: {key[1]!r}" for key in sorted(entries.keys() - wanted, key=str)]
        for key in sorted(wanted & entries.keys(), key=str):
            wrong += [f"{name}: {mistake}: {key[1]!r}" for mistake in mistakes_of(entries[key])]
            said, where = meanings.setdefault(key, (_translations(entries[key]), name))
            if said != _translations(entries[key]):
                wrong.append(f"{name}: translated otherwise in {where}: {key[1]!r}")
    return wrong


def typeset(text: str) -> str:
    """French spaces: what must not be parted at the end of a line is held together."""
    text = re.sub(r"(?<=[\w»)\]…%]) (?=[?!;»](?:\W|$))", "\u202f", text)
    text = re.sub(r"(?<=[\w»)\]…%]) (?=:(?:\s|$|<))", "\u00a0", text)
    return re.sub(r"(?<=«) | (?=»)", "\u202f", text)


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write every .mo file beside its .po."""
    written = []
    for path in catalogues(root).values():
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.msgstr = typeset(entry.msgstr)
            entry.msgstr_plural = {number: typeset(text) for number, text in entry.msgstr_plural.items()}
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        written.append(path.with_suffix(".mo"))
    return written


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    match arguments:
        case ["sync", *rooms]:
            print("\n".join(sync(only=tuple(rooms))) or "Every catalogue was up to date.")
        case ["check"]:
            wrong = check()
            print("\n".join(wrong) or "Every catalogue is complete.")
            return 1 if wrong else 0
        case ["compile"]:
            print(f"{len(compile_all())} catalogues compiled.")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
