#!/usr/bin/env python3
"""
A second verifier for what `tichet` has sealed, written apart from it.

It needs Python 3.9 or newer and nothing but its standard library, and the
program `openssl` (3.0 or newer) for Ed25519 signatures. It reads the files that
it is given, and neither the network nor any data folder.

    verify_ticket.py --key KEY TICKET.json ...     proofs made by `tichet proof`
    verify_ticket.py --key KEY AUDIT.jsonl ...     exports made by `tichet export`
    verify_ticket.py --key KEY FOLDER              every *.json and *.jsonl in it
    verify_ticket.py --key KEY --log EVENTS.ndjson --checkpoint NOTE ...
                                                   a whole log (GET /api/v1/events);
                                                   NOTE as text, or the JSON answer of
                                                   GET /api/v1/audit/checkpoint

KEY is the public key in one line, `<name>+<8 digits>+<base64>`, or a file that
begins with it. Without it the key in the file is taken: then compare it by eye
with the one that was given out.

What is checked, and after which standard:

  event hash   SHA-256 over "TA1", stream, revision, id and body, each preceded
               by its length in four bytes, big-endian
  chain        each body names the hash of the event before it in its stream
  leaf, node   RFC 6962, 2.1: SHA-256(0x00 + event hash), SHA-256(0x01 + left + right)
  inclusion    RFC 9162, 2.1.3.2
  checkpoint   C2SP tlog-checkpoint in a C2SP signed-note, Ed25519
  manifest     of an export, and of a proof with its evidence: SHA-256 over all
               of the file but the manifest, in a C2SP signed-note. It also names
               the event with which the ticket ends under the checkpoint, so that
               a proof that was cut off is told from a whole one

What is NOT proved: that a ticket has no events newer than the checkpoint (of a
proof in the former form: than the file), that what the events say is true, and
that the verdicts follow from them: `tichet judge` finds these anew. A time stamp in the file (RFC 3161, `timeStamp`) is
not looked at: `openssl ts -verify` does that.

Exit codes: 0 everything holds, 1 openssl is missing or fails, 2 wrong use,
5 a file cannot be read or is of another form, 6 something does not fit.
"""

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

DONE, FAILED, WRONG_USE, INVALID, FINDINGS = 0, 1, 2, 5, 6
FORMATS = PLAIN, FORMAT = "tichet-albastru/ticket-proof/1", "tichet-albastru/ticket-proof/2"
EXPORTS = FORMER_EXPORT, EXPORT = "tichet-albastru/export/1", "tichet-albastru/export/2"
UNSEALED = ("not-sealed", "not-yet", "differs", "unreadable")
# brackets that a line of an export or of a log, a proof, and the text of an event may have one within the other, and in all
DEEPEST = 64
MOST_BRACKETS = 1_000_000
LONGEST_LINE = 64 * 1024 * 1024
NO_HASH = "0" * 64
LARGEST_FILE = 32 * 1024 * 1024
LARGEST_NUMBER = 2**53 - 1
# what stands before the 32 bytes of an Ed25519 key in a public key file (RFC 8410)
PUBLIC_HEAD = bytes.fromhex("302a300506032b6570032100")
ED25519 = 1

MESSAGES = {
    "holds": ("se potrivește", "holds"),
    "not-a-proof": ("nu este o dovadă a unui tichet, așa cum o scrie tichet proof", "is no proof of a ticket as tichet proof writes it"),
    "not-an-export": ("nu este un export așa cum îl scrie tichet export", "is no export as tichet export writes it"),
    "not-sealed": ("a fost scris fără sigiliu: nimic nu este semnat", "was written without a seal: nothing is signed"),
    "line-unreadable": ("linia {line} nu este una de export", "line {line} is no line of an export"),
    "chain-broken": ("linia {line}: un eveniment lipsește sau nu este cel cu amprenta lui", "line {line}: an event is missing, or is not the one of its hash"),
    "not-in-the-tree": ("linia {line}: un eveniment nu duce la rădăcina semnată", "line {line}: an event does not lead to the root that was signed"),
    "order-broken": ("linia {line}: un eveniment stă altundeva în jurnal", "line {line}: an event stands in another place of the log"),
    "differs-there": ("linia {line}: la scriere, un eveniment nu era cel sigilat", "line {line}: when it was written, an event was not the one that was sealed"),
    "unreadable-there": ("linia {line}: la scriere, jurnalul nu putea fi citit", "line {line}: when it was written, the log could not be read"),
    "manifest-missing": ("sfârșitul lipsește: a fost tăiat", "the end is missing: it was cut off"),
    "behind-the-manifest": ("linia {line}: ceva a fost adăugat după sfârșit", "line {line}: something was added behind the end"),
    "manifest-unsigned": ("ce e semnat peste tot fișierul nu poartă semnătura acestei chei", "what is signed over the whole file does not bear the signature of this key"),
    "manifest-differs": ("nu este fișierul semnat: ceva din el a fost schimbat", "is not the file that was signed: something in it was changed"),
    "cut-off": ("a fost tăiat: sub acest sigiliu tichetul se încheie cu un eveniment mai nou", "was cut off: under this checkpoint the ticket ends with a newer event"),
    "not-a-log": ("nu este un jurnal: linia {line} nu este un eveniment", "is no log: line {line} is no event"),
    "cannot-read": ("nu poate fi citit", "cannot be read"),
    "no-checkpoint": ("nu cuprinde niciun sigiliu semnat", "has no signed checkpoint"),
    "key-unusable": ("nu este o cheie publică <nume>+<8 cifre>+<base64>", "is no public key <name>+<8 digits>+<base64>"),
    "own-key-unusable": ("cheia publică din fișier nu este una", "the public key in the file is none"),
    "other-key": ("este semnat cu altă cheie decât cea dată", "is signed with another key than the one given"),
    "signature-differs": ("sigiliul nu poartă semnătura acestei chei", "the checkpoint does not bear the signature of this key"),
    "no-events": ("nu cuprinde niciun eveniment", "has no events"),
    "other-stream": ("evenimentul {event} nu este al acestui tichet", "event {event} is not of this ticket"),
    "revision-gap": ("evenimentul {event} nu urmează după cel dinaintea lui", "event {event} does not follow the one before it"),
    "out-of-order": ("evenimentul {event} stă în jurnal înaintea celui precedent", "event {event} stands in the log before the one that precedes it"),
    "hash-differs": ("evenimentul {event} a fost modificat: nu are amprenta lui", "event {event} was changed: it does not have its hash"),
    "type-differs": ("evenimentul {event} este trecut sub alt tip", "event {event} is filed under another type"),
    "not-an-envelope": ("evenimentul {event} nu are forma în care scrie serviciul", "event {event} does not have the form in which the service writes"),
    "previous-differs": ("evenimentul {event} numește alt eveniment ca precedent", "event {event} names another event as the one before it"),
    "not-included": ("evenimentul {event} nu duce la rădăcina semnată", "event {event} does not lead to the root that was signed"),
    "root-differs": (
        "primele {size} evenimente nu sunt cele semnate: primul care poate fi altul este {event}",
        "the first {size} events are not those that were signed: the first that may be another is {event}",
    ),
    "log-shorter": (
        "jurnalul are {count} evenimente, iar sigiliul {size}: lipsește evenimentul {event}, sau jurnalul a fost dus înapoi",
        "the log has {count} events and the checkpoint {size}: event {event} is missing, or the log was rolled back",
    ),
}


class Unfit(Exception):
    """Something that does not hold, or (`code` INVALID) that is no input at all."""

    def __init__(self, reason, code=FINDINGS, **details):
        super().__init__(reason)
        self.reason, self.code, self.details = reason, code, details

    def words(self, language):
        return MESSAGES[self.reason][0 if language == "ro" else 1].format(**self.details)


# --- hashes and the tree ---------------------------------------------------


def event_hash(stream, revision, identifier, body):
    digest = hashlib.sha256()
    for part in ("TA1", stream, str(revision), identifier, body):
        encoded = part.encode("utf-8")
        digest.update(len(encoded).to_bytes(4, "big"))
        digest.update(encoded)
    return digest.hexdigest()


def leaf_hash(hash_of_event):
    return hashlib.sha256(b"\x00" + bytes.fromhex(hash_of_event)).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(leaf, index, size, path):
    """The root to which a leaf and its path lead; None when the path is too long or too short (RFC 9162, 2.1.3.2)."""
    if index >= size:
        return None
    position, last, root = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if position % 2 == 1 or position == last:
            root = node_hash(beside, root)
            while position % 2 == 0 and position != 0:
                position, last = position >> 1, last >> 1
        else:
            root = node_hash(root, beside)
        position, last = position >> 1, last >> 1
    return root if last == 0 else None


class Tree:
    """Whole subtrees from the largest to the smallest: with them the root of all leaves so far can be said."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def append(self, leaf):
        height, node = 0, leaf
        while self.subtrees and self.subtrees[-1][0] == height:
            node = node_hash(self.subtrees.pop()[1], node)
            height += 1
        self.subtrees.append((height, node))
        self.size += 1

    def root(self):
        if not self.subtrees:
            return hashlib.sha256(b"").digest()
        root = self.subtrees[-1][1]
        for _, left in reversed(self.subtrees[:-1]):
            root = node_hash(left, root)
        return root


# --- keys, notes, checkpoints ----------------------------------------------


def exact_base64(text):
    """Bytes that are written in exactly one way; None for everything else."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return decoded if base64.b64encode(decoded).decode() == text else None


class Key:
    """A C2SP signed-note verifier key: `<name>+<8 hexadecimal digits>+<base64 of 0x01 and 32 bytes>`."""

    def __init__(self, line):
        match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", line.strip())
        decoded = exact_base64(match.group(3)) if match else None
        if decoded is None or len(decoded) != 33 or decoded[0] != ED25519:
            raise Unfit("key-unusable", INVALID)
        self.name, self.raw = match.group(1), decoded[1:]
        self.identifier = hashlib.sha256(self.name.encode("utf-8") + b"\n" + decoded).digest()[:4]
        if self.identifier.hex() != match.group(2):
            raise Unfit("key-unusable", INVALID)
        self.line = line.strip()
        self.known = {}

    def has_signed(self, text, signature):
        """Asks openssl once for each text."""
        asked = (text, signature)
        if asked not in self.known:
            self.known[asked] = self.ask_openssl(text, signature)
        return self.known[asked]

    def ask_openssl(self, text, signature):
        encoded = base64.b64encode(PUBLIC_HEAD + self.raw).decode()
        with tempfile.TemporaryDirectory() as folder:
            key, message, signed = (os.path.join(folder, name) for name in ("key.pem", "message", "signature"))
            Path(key).write_text(f"-----BEGIN PUBLIC KEY-----\n{encoded}\n-----END PUBLIC KEY-----\n", encoding="ascii")
            Path(message).write_bytes(text.encode("utf-8"))
            Path(signed).write_bytes(signature)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", message, "-sigfile", signed]
            answer = subprocess.run(command, capture_output=True, text=True, check=False)
        said = answer.stdout + answer.stderr
        if answer.returncode == 0 and "Verified Successfully" in said:
            return True
        if "Verification Failure" in said:
            return False
        raise OSError(f"openssl: {said.strip()}")


def signed_note(note):
    """Its text, and the name, key and signature of each line below it."""
    text, separator, lines = note.rpartition("\n\n")
    if separator == "" or not lines.endswith("\n"):
        raise Unfit("signature-differs")
    text += "\n"
    signatures = []
    for line in lines[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        decoded = exact_base64(match.group(2)) if match else None
        if decoded is None or len(decoded) <= 4:
            raise Unfit("signature-differs")
        signatures.append((match.group(1), decoded[:4], decoded[4:]))
    return text, signatures


def bears(text, signatures, key):
    return any(
        name == key.name and identifier == key.identifier and len(signature) == 64 and key.has_signed(text, signature)
        for name, identifier, signature in signatures
    )


def signed_manifest(note, key):
    """What is signed over a whole file. One signature and no other: a second line would be a byte that nobody has signed."""
    try:
        text, signatures = signed_note(note)
    except Unfit as unfit:
        raise Unfit("manifest-unsigned") from unfit
    if len(signatures) != 1 or not bears(text, signatures, key):
        raise Unfit("manifest-unsigned")
    return text


def signed_checkpoint(note, key):
    """Size and root of a checkpoint that bears this key's signature. The tree is called as its key is."""
    text, signatures = signed_note(note)
    match = re.match(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n", text)
    root = exact_base64(match.group(3)) if match else None
    if root is None or len(root) != 32 or match.group(1) != key.name or int(match.group(2)) > LARGEST_NUMBER:
        raise Unfit("signature-differs")
    if not bears(text, signatures, key):
        raise Unfit("signature-differs")
    return int(match.group(2)), root


def notes_in(text):
    """A file of notes, one behind the other; or the JSON answer of GET /audit/checkpoint, which has one, and the cosigned one."""
    try:
        answer = strict_json(text.lstrip("\ufeff"))
    except ValueError:
        answer = None
    if type(answer) is dict:
        held = (answer, answer.get("witnessed"))
        return [one["note"] for one in held if type(one) is dict and is_text(one.get("note"))]
    return re.findall("[^\\n\u2014][^\\n]*\\n(?:[^\\n]+\\n)*\\n(?:\u2014 [^\\n]+\\n)+", text)


# --- reading ----------------------------------------------------------------


def without_duplicates(pairs):
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a name stands twice")
    return fields


def no_constant(name):
    raise ValueError(name)


def number(text):
    """1.0 is the number 1, as it is for every reader that has one kind of numbers."""
    value = float(text)
    return int(value) if value.is_integer() else value


def opens_too_many(text):
    """Before it is read as JSON: how deep a reader of JSON goes is another matter in each version of Python. Brackets within strings are none."""
    quoted, depth, opened = False, 0, 0
    for found in re.finditer(r'\\.|["\[\]{}]', text, re.DOTALL):
        mark = found[0]
        if mark == '"':
            quoted = not quoted
        elif quoted or mark[0] == "\\":
            continue
        elif mark in "]}":
            depth -= 1
        else:
            depth, opened = depth + 1, opened + 1
            if depth > DEEPEST or opened > MOST_BRACKETS:
                return True
    return False


def strict_json(text):
    if opens_too_many(text):
        raise ValueError("too many brackets")
    return json.loads(text, object_pairs_hook=without_duplicates, parse_constant=no_constant, parse_float=number)


def is_text(value):
    if type(value) is not str:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_count(value):
    return type(value) is int and 0 <= value <= LARGEST_NUMBER


def is_moment(value):
    """A moment as facts hold it: UTC, to the millisecond."""
    if type(value) is not str or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z", value) is None:
        return False
    try:
        datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return value[17:19] <= "59"


def is_judgement(value):
    """Verdicts, as far as `tichet judge` compares them with its own."""
    return (
        type(value) is dict
        and is_moment(value.get("asOf"))
        and is_text(value.get("overall"))
        and type(value.get("checks")) is list
        and all(type(one) is dict and is_text(one.get("id")) and is_text(one.get("verdict")) for one in value["checks"])
    )


def is_meeting(value):
    return (
        type(value) is dict
        and all(is_text(value.get(name)) for name in ("ticketId", "staffId", "liveFrom", "eventId", "position"))
        and type(value.get("slot")) is dict
        and all(is_text(value["slot"].get(name)) for name in ("startsAt", "endsAt"))
        and all(is_text(value[name]) for name in ("liveUntil", "from", "until") if name in value)
    )


def is_dispute(value):
    return (
        type(value) is dict
        and all(is_text(value.get(name)) for name in ("from", "to", "earliest", "newest"))
        and type(value.get("seconds")) in (int, float)
        and is_count(value.get("facts"))
        and type(value.get("open")) is bool
    )


def are_all(value, fits):
    return type(value) is list and all(fits(one) for one in value)


def is_stamp(value):
    return is_text(value) and value != "" and bool(exact_base64(value))


def is_hash(value):
    return type(value) is str and re.fullmatch("[0-9a-f]{64}", value) is not None


def is_event_of_a_proof(value, placed=False):
    names = {"leaf", "stream", "revision", "id", "body", "hash", "proof"}
    return (
        type(value) is dict
        and set(value) == (names | {"position"} if placed else names)
        and (not placed or is_text(value["position"]))
        and is_count(value["leaf"])
        and is_count(value["revision"])
        and is_text(value["stream"])
        and is_text(value["id"])
        and is_text(value["body"])
        and is_hash(value["hash"])
        and type(value["proof"]) is list
        and len(value["proof"]) <= 64
        and all(is_hash(beside) for beside in value["proof"])
    )


def are_events(value, placed):
    return type(value) is list and len(value) <= 10_000 and all(is_event_of_a_proof(event, placed) for event in value)


def is_evidence(value):
    return (
        type(value) is dict
        and set(value) == {"request", "streams", "meetings", "clock", "judged"}
        and are_events(value["request"], True)
        and type(value["streams"]) is list
        and all(type(one) is dict and set(one) == {"stream", "events"} and is_text(one["stream"]) and are_events(one["events"], True) for one in value["streams"])
        and are_all(value["meetings"], is_meeting)
        and are_all(value["clock"], is_dispute)
        and is_judgement(value["judged"])
    )


def read_bytes(path, most=LARGEST_FILE):
    try:
        with open(path, "rb") as file:
            read = file.read(most + 1)
    except OSError as error:
        raise Unfit("cannot-read", INVALID) from error
    if len(read) > most:
        raise Unfit("cannot-read", INVALID)
    return read


def read_proof(path):
    try:
        proof = strict_json(read_bytes(path).decode("utf-8-sig"))
    except (ValueError, MemoryError) as error:
        raise Unfit("not-a-proof", INVALID) from error
    names = {"format", "ticketId", "verifier", "checkpoint", "events", "notYetSealed"}
    whole = type(proof) is dict and proof.get("format") == FORMAT
    fits = (
        type(proof) is dict
        and set(proof) - {"timeStamp"} == (names | {"evidence", "manifest"} if whole else names)
        and ("timeStamp" not in proof or is_stamp(proof["timeStamp"]))
        and proof["format"] in FORMATS
        and is_text(proof["ticketId"])
        and is_text(proof["verifier"])
        and is_text(proof["checkpoint"])
        and is_count(proof["notYetSealed"])
        and are_events(proof["events"], whole)
        and (not whole or (is_evidence(proof["evidence"]) and is_text(proof["manifest"])))
    )
    if not fits:
        raise Unfit("not-a-proof", INVALID)
    return proof


def envelope_of(body, number):
    """What the text of an event says of itself."""
    if opens_too_many(body):
        raise Unfit("not-an-envelope", event=number)
    try:
        envelope = json.loads(body, parse_constant=no_constant)
        metadata = envelope["metadata"]
        fits = (
            type(envelope["type"]) is str
            and type(envelope["version"]) in (int, float)
            and type(envelope["data"]) in (dict, list)
            and type(metadata["recordedAt"]) is str
            and type(metadata["previousHash"]) is str
            and type(metadata["commandId"]) is str
            and type(metadata["actor"]) is dict
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Unfit("not-an-envelope", event=number) from error
    if not fits:
        raise Unfit("not-an-envelope", event=number)
    return envelope


# --- checking ---------------------------------------------------------------


def check_proof(proof, insisted):
    """Every event hashed anew, linked to the one before, and led to the signed root. Returns what the checkpoint covers."""
    try:
        own = Key(proof["verifier"])
    except Unfit as unfit:
        raise Unfit("own-key-unusable") from unfit
    if insisted is not None and insisted.line != own.line:
        raise Unfit("other-key")
    key = insisted or own
    size, root = signed_checkpoint(proof["checkpoint"], key)
    if not proof["events"]:
        raise Unfit("no-events")
    steps = check_events(proof["events"], "ticket-" + proof["ticketId"], size, root, 0)
    if proof["format"] == FORMAT:
        check_manifest(proof, key, size, root)
        evidence, before = proof["evidence"], len(proof["events"])
        request = evidence["request"]
        streams = [(request[0]["stream"] if request else "", request)] + [(one["stream"], one["events"]) for one in evidence["streams"]]
        for stream, events in streams:
            check_events(events, stream, size, root, before)
            before += len(events)
    return size, steps


def check_events(events, stream, size, root, before):
    """Of one stream from its first event on; `before` of others stand in the file before them."""
    previous, leaf_before, steps = NO_HASH, -1, []
    for place, event in enumerate(events):
        number = before + place + 1
        if event["stream"] != stream:
            raise Unfit("other-stream", event=number)
        if event["revision"] != place:
            raise Unfit("revision-gap", event=number)
        if event["leaf"] <= leaf_before:
            raise Unfit("out-of-order", event=number)
        if event_hash(stream, place, event["id"], event["body"]) != event["hash"]:
            raise Unfit("hash-differs", event=number)
        envelope = envelope_of(event["body"], number)
        if envelope["metadata"]["previousHash"] != previous:
            raise Unfit("previous-differs", event=number)
        path = [bytes.fromhex(beside) for beside in event["proof"]]
        if root_from_inclusion(leaf_hash(event["hash"]), event["leaf"], size, path) != root:
            raise Unfit("not-included", event=number)
        previous, leaf_before = event["hash"], event["leaf"]
        steps.append((event["leaf"] + 1, envelope))
    return steps


def compact(value):
    """JSON without spaces, its names in the order of the file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check_manifest(proof, key, size, root):
    """What is signed over the whole proof, and where it says that the ticket ends."""
    text, head = signed_manifest(proof["manifest"], key), proof["events"][-1]
    end = re.search(r"^head ([0-9]{1,16}) ", text, re.MULTILINE)
    if end and head["revision"] < int(end.group(1)):
        raise Unfit("cut-off")
    try:
        told = compact({name: value for name, value in proof.items() if name != "manifest"}).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unfit("manifest-differs") from error
    lines = [
        FORMAT,
        f"ticket {proof['ticketId']}",
        f"head {head['revision']} {head['hash']}",
        f"sha256 {hashlib.sha256(told).hexdigest()}",
        f"checkpoint {size} {root.hex()}",
    ]
    if text != "".join(line + "\n" for line in lines):
        raise Unfit("manifest-differs")


# --- exports ----------------------------------------------------------------


class Export:
    """An export line by line: only what the next line is held to stays in memory."""

    def __init__(self, insisted):
        self.insisted, self.key, self.covered, self.format, self.as_of = insisted, None, None, None, None
        self.sum, self.ends = hashlib.sha256(), {}
        self.tickets = self.events = self.evidence = self.sealed = 0
        self.manifest = None

    def read(self, raw, line):
        if self.manifest is not None:
            raise Unfit("behind-the-manifest", line=line)
        value = self.value_in(raw, line)
        if self.format is None:
            self.read_head(value)
        elif "manifest" in value:
            if not is_text(value["manifest"]) or len(value) > 1:
                raise Unfit("line-unreadable", line=line)
            self.manifest = value["manifest"]
            return
        elif self.format == FORMER_EXPORT or "ticketId" in value:
            self.read_ticket(value, line)
        elif "stream" in value:
            self.read_stream(value, line)
        elif not are_all(value.get("clock"), is_dispute):
            raise Unfit("line-unreadable", line=line)
        self.sum.update(raw)

    def value_in(self, raw, line):
        try:
            if not raw.endswith(b"\n"):
                raise ValueError("cut off")
            value = strict_json(raw[:-1].decode("utf-8"))
            if compact(value).encode("utf-8") + b"\n" != raw:
                raise ValueError("written otherwise")
        except (ValueError, MemoryError) as error:
            raise Unfit("line-unreadable", line=line) from error
        if type(value) is not dict:
            raise Unfit("line-unreadable", line=line)
        return value

    def read_head(self, value):
        self.format, self.as_of = value.get("format"), value.get("asOf")
        if self.format not in EXPORTS or not is_moment(self.as_of):
            raise Unfit("not-an-export", INVALID)
        if value.get("verifier") is None:
            raise Unfit("not-sealed")
        try:
            self.key = Key(value["verifier"] if is_text(value["verifier"]) else "")
        except Unfit as unfit:
            raise Unfit("own-key-unusable") from unfit
        if self.insisted is not None and self.insisted.line != self.key.line:
            raise Unfit("other-key")
        self.key = self.insisted or self.key
        if value.get("checkpoint") is not None:
            self.covered = signed_checkpoint(value["checkpoint"] if is_text(value["checkpoint"]) else "", self.key)

    def events_in(self, value, line):
        names = ("stream", "id", "type", "body") + (("position",) if self.format == EXPORT else ())
        fits = type(value) is list and all(
            type(event) is dict
            and is_count(event.get("revision"))
            and all(is_text(event.get(name)) for name in names)
            and is_hash(event.get("hash"))
            and (
                "leaf" not in event and "proof" not in event
                if event.get("unsealed") in UNSEALED
                else "unsealed" not in event and is_count(event.get("leaf")) and type(event.get("proof")) is list and all(is_hash(beside) for beside in event["proof"])
            )
            for event in value
        )
        if not fits:
            raise Unfit("line-unreadable", line=line)
        return value

    def read_ticket(self, value, line):
        events, request = self.events_in(value.get("events"), line), self.events_in(value.get("request", []), line)
        fits = (
            is_text(value.get("ticketId"))
            and value.get("unreadable", True) is True
            and are_all(value.get("meetings", []), is_meeting)
            and is_count(value.get("judged", 0))
            and (self.format == FORMER_EXPORT or "audited" not in value or is_judgement(value["audited"]))
        )
        if not fits:
            raise Unfit("line-unreadable", line=line)
        self.tickets, self.events, self.evidence = self.tickets + 1, self.events + len(events), self.evidence + len(request)
        self.sealed += sum("leaf" in event for event in events)
        self.check(events, "ticket-" + value["ticketId"], line)
        self.check(request, request[0]["stream"] if request else "", line)
        if "unreadable" in value:
            raise Unfit("unreadable-there", line=line)

    def read_stream(self, value, line):
        events = self.events_in(value.get("events"), line)
        if not is_text(value["stream"]) or value.get("unreadable", True) is not True:
            raise Unfit("line-unreadable", line=line)
        self.evidence += len(events)
        self.ends[value["stream"]] = self.check(events, value["stream"], line, self.ends.get(value["stream"], (-1, NO_HASH, -1, False)))
        if "unreadable" in value:
            raise Unfit("unreadable-there", line=line)

    def check(self, events, stream, line, end=(-1, NO_HASH, -1, False)):
        """Some events of one stream, behind those that it ended with. Returns with what it ends now."""
        revision, previous, leaf, is_open = end
        for event in events:
            if event["stream"] != stream or event["revision"] != revision + 1:
                raise Unfit("chain-broken", line=line)
            if event_hash(stream, event["revision"], event["id"], event["body"]) != event["hash"]:
                raise Unfit("chain-broken", line=line)
            try:
                envelope = envelope_of(event["body"], 0)
            except Unfit as unfit:
                raise Unfit("chain-broken", line=line) from unfit
            if envelope["metadata"]["previousHash"] != previous or envelope["type"] != event["type"]:
                raise Unfit("chain-broken", line=line)
            revision, previous = event["revision"], event["hash"]
            if "unsealed" in event:
                if event["unsealed"] in ("differs", "unreadable"):
                    raise Unfit(f"{event['unsealed']}-there", line=line)
                is_open = True
                continue
            if is_open or event["leaf"] <= leaf:
                raise Unfit("order-broken", line=line)
            leaf = event["leaf"]
            path = [bytes.fromhex(beside) for beside in event["proof"]]
            if self.covered is None or root_from_inclusion(leaf_hash(event["hash"]), leaf, self.covered[0], path) != self.covered[1]:
                raise Unfit("not-in-the-tree", line=line)
        return revision, previous, leaf, is_open

    def end(self):
        if self.format is None:
            raise Unfit("not-an-export", INVALID)
        if self.manifest is None:
            raise Unfit("manifest-missing")
        lines = [
            self.format,
            f"tickets {self.tickets}",
            f"events {self.events}",
            *([f"evidence {self.evidence}"] if self.format == EXPORT else []),
            f"sha256 {self.sum.hexdigest()}",
            f"as-of {self.as_of}",
            "checkpoint none" if self.covered is None else f"checkpoint {self.covered[0]} {self.covered[1].hex()}",
        ]
        if signed_manifest(self.manifest, self.key) != "".join(line + "\n" for line in lines):
            raise Unfit("manifest-differs")


def is_export(path):
    """By the first words of the file."""
    try:
        with open(path, "rb") as file:
            beginning = file.read(200)
    except OSError:
        return False
    return any(f'"{name}"'.encode() in beginning for name in EXPORTS)


def check_export(path, insisted):
    export = Export(insisted)
    try:
        with open(path, "rb") as file:
            for line, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
                export.read(raw, line)
    except OSError as error:
        raise Unfit("cannot-read", INVALID) from error
    export.end()
    return export


def check_log(path, notes, key):
    """A whole log from its first event on, against checkpoints that were kept elsewhere. Returns how many events it has."""
    roots = sorted(signed_checkpoint(note, key) for note in notes)
    tree, heads, fitted = Tree(), {}, 0

    def meet_roots():
        nonlocal fitted
        while roots and roots[0][0] == tree.size:
            size, root = roots.pop(0)
            if tree.root() != root:
                raise Unfit("root-differs", size=size, event=fitted + 1)
            fitted = size

    meet_roots()
    try:
        lines = open(path, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Unfit("cannot-read", INVALID) from error
    with lines:
        for number, line in enumerate(readable(lines), 1):
            event = event_of_line(line, number)
            if event_hash(event["stream"], event["revision"], event["id"], event["body"]) != event["hash"]:
                raise Unfit("hash-differs", event=number)
            envelope = envelope_of(event["body"], number)
            if envelope["type"] != event["type"]:
                raise Unfit("type-differs", event=number)
            revision, previous = heads.get(event["stream"], (-1, NO_HASH))
            if event["revision"] != revision + 1:
                raise Unfit("revision-gap", event=number)
            if envelope["metadata"]["previousHash"] != previous:
                raise Unfit("previous-differs", event=number)
            heads[event["stream"]] = (event["revision"], event["hash"])
            tree.append(leaf_hash(event["hash"]))
            meet_roots()
    if roots:
        raise Unfit("log-shorter", count=tree.size, size=roots[-1][0], event=tree.size + 1)
    return tree.size


def readable(lines):
    number = 0
    try:
        for line in lines:
            number += 1
            if line.strip():
                yield line
    except UnicodeDecodeError as error:
        raise Unfit("not-a-log", INVALID, line=number + 1) from error


def event_of_line(line, number):
    try:
        event = strict_json(line)
    except (ValueError, MemoryError) as error:
        raise Unfit("not-a-log", INVALID, line=number) from error
    fits = (
        type(event) is dict
        and all(name in event for name in ("stream", "revision", "id", "type", "body", "hash"))
        and is_count(event["revision"])
        and all(is_text(event[name]) for name in ("stream", "id", "type", "body"))
        and is_hash(event["hash"])
    )
    if not fits:
        raise Unfit("not-a-log", INVALID, line=number)
    return event


# --- the command ------------------------------------------------------------


def language_of(environment):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "ro" if re.match(r"ro\b|ro_", environment[name], re.IGNORECASE) else "en"
    return "en"


def key_given(given):
    """The line itself, or a file that begins with it."""
    try:
        return Key(given)
    except Unfit:
        # a line with a slip in it is no name of a file
        if re.match(r"\S+\+[0-9A-Fa-f]{8}\+", given):
            raise
        return Key(read_bytes(given).decode("utf-8-sig", "replace").split("\n")[0])


def proofs_in(paths):
    for path in paths:
        if os.path.isdir(path):
            yield from sorted(str(one) for one in Path(path).iterdir() if one.suffix in (".json", ".jsonl"))
        else:
            yield path


def show_steps(steps):
    for number, envelope in steps:
        actor = envelope["metadata"]["actor"]
        who = actor.get("kind", "") if actor.get("kind") == "citizen" else f"{actor.get('kind', '')} {actor.get('id', '')}"
        print(f"  {number}  {envelope['metadata']['recordedAt']}  {envelope['type']}  {who}")


def verify_proofs(paths, insisted, language, quiet):
    files, worst = list(proofs_in(paths)), DONE
    for path in files:
        proof = None
        try:
            if is_export(path):
                export = check_export(path, insisted)
                size, count = export.covered[0] if export.covered else 0, export.sealed
            else:
                proof = read_proof(path)
                size, steps = check_proof(proof, insisted)
                count = len(steps)
        except Unfit as unfit:
            worst = max(worst, unfit.code)
            print(f"FAIL  {path}: {unfit.words(language)}")
            continue
        print(f"OK    {path}: {MESSAGES['holds'][0 if language == 'ro' else 1]} ({count}/{size})")
        if len(files) == 1 and not quiet and proof is None:
            show_export(export, insisted, language)
        elif len(files) == 1 and not quiet:
            show_steps(steps)
            show_limits(proof, insisted, language)
    if not files:
        print("Niciun fișier." if language == "ro" else "No file.", file=sys.stderr)
        return INVALID
    return worst


def show_export(export, insisted, language):
    if language == "ro":
        print(f"{export.tickets} tichete, {export.events} evenimente ale lor, {export.evidence} din alte dosare, la {export.as_of}.")
        print("Nedovedit: că este aici fiecare tichet al perioadei, și că verdictele sunt drepte (tichet judge).")
        if insisted is None:
            print(f"Semnat cu cheia {export.key.line}: comparați-o cu cea dată în afară (--key).")
    else:
        print(f"{export.tickets} tickets, {export.events} events of theirs, {export.evidence} of other streams, as of {export.as_of}.")
        print("Not proved: that every ticket of the period is here, and that the verdicts are right (tichet judge).")
        if insisted is None:
            print(f"Signed with the key {export.key.line}: compare it with the one that was given out (--key).")


def show_limits(proof, insisted, language):
    if language == "ro":
        if proof["format"] == FORMAT:
            print("Nedovedit: că tichetul nu are evenimente mai noi decât sigiliul, și că ce spun ele este adevărat.")
        else:
            print("Nedovedit: cu ce eveniment se încheie tichetul (forma mai veche a dovezii nu o spune, iar ultimele puteau fi lăsate deoparte), și că ce spun evenimentele este adevărat.")
        if "timeStamp" in proof:
            print("Marca temporală din fișier (timeStamp) nu se verifică aici: openssl ts -verify.")
        if insisted is None:
            print(f"Semnat cu cheia {proof['verifier'].strip()}: comparați-o cu cea dată în afară (--key).")
    else:
        if proof["format"] == FORMAT:
            print("Not proved: that the ticket has no events newer than the checkpoint, and that what they say is true.")
        else:
            print("Not proved: with which event the ticket ends (the older form of a proof does not say it, and the last ones may have been left out), and that what the events say is true.")
        if "timeStamp" in proof:
            print("The time stamp in the file (timeStamp) is not verified here: openssl ts -verify.")
        if insisted is None:
            print(f"Signed with the key {proof['verifier'].strip()}: compare it with the one that was given out (--key).")


def verify_log(path, checkpoints, insisted, language):
    try:
        notes = []
        for file in checkpoints:
            found = notes_in(read_bytes(file).decode("utf-8", "replace"))
            if not found:
                raise Unfit("no-checkpoint", INVALID)
            notes += found
        count = check_log(path, notes, insisted)
    except Unfit as unfit:
        print(f"FAIL  {path}: {unfit.words(language)}")
        return unfit.code
    print(f"OK    {path}: {MESSAGES['holds'][0 if language == 'ro' else 1]} ({count})")
    return DONE


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE", help="proofs of tickets, exports, or folders with them / dovezi de tichete, exporturi, sau dosare cu ele")
    parser.add_argument("--key", metavar="LINE|FILE", help="the public key that was given out / cheia publică dată în afară")
    parser.add_argument("--log", metavar="FILE", help="a whole log as JSON Lines / tot jurnalul, JSON Lines")
    parser.add_argument("--checkpoint", metavar="FILE", action="append", default=[], help="a signed checkpoint, with --log / un sigiliu semnat, cu --log")
    parser.add_argument("--lang", choices=["ro", "en"], default=language_of(os.environ))
    parser.add_argument("--quiet", action="store_true", help="one line a file / o linie pentru fiecare fișier")
    asked = parser.parse_args(arguments)
    if (asked.log is None) == (not asked.files):
        parser.error("FILE or --log / FILE sau --log")
    if asked.log is not None and (asked.key is None or not asked.checkpoint):
        parser.error("--log needs --key and --checkpoint / --log are nevoie de --key și --checkpoint")
    if asked.log is None and asked.checkpoint:
        parser.error("--checkpoint goes with --log / --checkpoint merge cu --log")
    try:
        insisted = None if asked.key is None else key_given(asked.key)
    except Unfit as unfit:
        print(f"--key {asked.key}: {unfit.words(asked.lang)}", file=sys.stderr)
        return unfit.code
    try:
        if asked.log is not None:
            return verify_log(asked.log, asked.checkpoint, insisted, asked.lang)
        return verify_proofs(asked.files, insisted, asked.lang, asked.quiet)
    except Unfit as unfit:
        print(unfit.words(asked.lang), file=sys.stderr)
        return unfit.code
    except OSError as error:
        print(f"openssl nu răspunde: {error}" if asked.lang == "ro" else f"openssl does not answer: {error}", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
