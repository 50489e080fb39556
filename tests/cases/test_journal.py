"""The journal: each line holds the one before, so that nothing in it changes unseen."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cases.journal import GENESIS, entries_of, heads, read_journal, write_line
from pipeline.errors import ArchiveFault

START = datetime(2026, 11, 25, 8, 15, tzinfo=UTC)
plain = st.text(max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
    max_leaves=6,
)
happenings = st.lists(st.dictionaries(plain, values, max_size=3), min_size=1, max_size=5)


def lines_of(data=({"nama": "Budi Jalan Sumur 7"}, {"hal": "tanah"}, {"x": "J*Ê"})) -> list[bytes]:
    """Write one line for each happening, as the archive does."""
    lines, prev = [], GENESIS
    for seq, datum in enumerate(data, start=1):
        line, entry = write_line(seq, START + timedelta(minutes=seq), "sistem", "dibaca", datum, prev)
        lines.append(line)
        prev = entry.hash
    return lines


def forged(line: bytes, **changes) -> bytes:
    """Rewrite a line as a forger would who knows how hashes are made."""
    record = {**json.loads(line), **changes}
    record.pop("hash", None)
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    digest = hashlib.sha256(str(record.get("prev")).encode() + body).hexdigest()
    return body + b',"hash":"' + digest.encode() + b'"}\n'


def is_found(text: bytes) -> bool:
    journal = read_journal(text)
    return bool(journal.faults or journal.torn)


def flipped(text: bytes, bit: int) -> bytes:
    changed = bytearray(text)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(happenings)
def test_what_was_written_is_read_back_and_is_sound(data):
    text = b"".join(lines_of(data))

    journal = read_journal(text)

    assert (journal.faults, journal.torn) == ((), b"")
    assert [e.data for e in journal.entries] == data
    assert [e.seq for e in journal.entries] == list(range(1, len(data) + 1))
    assert [e.at for e in journal.entries] == [START + timedelta(minutes=n + 1) for n in range(len(data))]


def test_a_line_is_compact_json_in_a_fixed_order_and_hashes_everything_before_its_hash():
    first, second = lines_of([{"nama": "Rokhmānī"}, {}])

    assert list(json.loads(first)) == ["seq", "at", "by", "kind", "data", "prev", "hash"]
    assert json.loads(first)["prev"] == "0" * 64
    assert json.loads(second)["prev"] == json.loads(first)["hash"]
    body = first[: first.rindex(b',"hash":')]
    assert json.loads(first)["hash"] == hashlib.sha256(b"0" * 64 + body).hexdigest()
    assert "Rokhmānī".encode() in first


def test_any_one_flipped_bit_is_found_wherever_it_is():
    text = b"".join(lines_of())

    unfound = [bit for bit in range(len(text) * 8) if not is_found(flipped(text, bit))]

    assert unfound == []


@given(happenings, st.data())
def test_any_one_flipped_bit_is_found_whatever_was_written(data, draw):
    text = b"".join(lines_of(data))

    bit = draw.draw(st.integers(0, len(text) * 8 - 1))

    assert is_found(flipped(text, bit))


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_removed_line_is_found_unless_it_was_the_last(gone):
    lines = lines_of([{}, {}, {}, {}])

    del lines[gone]

    assert any("baris" in fault for fault in read_journal(b"".join(lines)).faults)


def test_a_removed_last_line_leaves_a_sound_journal_so_a_witness_outside_is_needed():
    *kept, _ = lines_of()

    assert not is_found(b"".join(kept))


@given(happenings.filter(lambda data: len(data) > 1), st.data())
def test_lines_in_another_order_are_found(data, draw):
    lines = lines_of(data)

    order = draw.draw(st.permutations(lines).filter(lambda other: other != lines))

    assert read_journal(b"".join(order)).faults


def test_a_line_written_twice_is_found():
    first, second, third = lines_of()

    assert read_journal(first + second + second + third).faults


def test_a_line_of_another_case_is_found_between_ours():
    first, _, third = lines_of()
    _, theirs, _ = lines_of([{"nama": "Orang lain"}, {}, {}])

    assert read_journal(first + theirs + third).faults


def test_an_edited_line_whose_hash_was_made_anew_breaks_the_line_after_it():
    first, second, third = lines_of()

    journal = read_journal(first + forged(second, data={"hal": "lain"}) + third)

    assert journal.faults == ("baris 3 tidak menyambung pada baris sebelumnya",)


def test_a_line_with_a_wrong_number_is_found_although_its_hash_is_right():
    first, second, _ = lines_of()

    assert read_journal(first + forged(second, seq=7)).faults == ("baris 2 bernomor urut 7",)


def test_every_broken_line_is_named_and_nothing_behind_the_first_is_relied_upon():
    lines = lines_of([{}, {}, {}, {}, {}])
    lines[1] = lines[1].replace(b"dibaca", b"dibuka")
    lines[3] = b"bukan jurnal\n"

    journal = read_journal(b"".join(lines))

    assert [entry.seq for entry in journal.entries] == [1]
    assert [fault.split(" ", 2)[1] for fault in journal.faults] == ["2", "4", "5"]


@given(happenings, st.data())
def test_a_tail_without_a_newline_is_torn_and_no_fault(data, draw):
    *kept, last = lines_of(data)
    cut = draw.draw(st.integers(1, len(last) - 1))

    journal = read_journal(b"".join(kept) + last[:cut])

    assert journal.torn == last[:cut]
    assert journal.faults == ()
    assert len(journal.entries) == len(kept)


def test_a_whole_last_line_that_lost_only_its_newline_is_torn():
    text = b"".join(lines_of())

    journal = read_journal(text[:-1])

    assert (len(journal.entries), journal.faults) == (2, ())


def test_a_cut_inside_the_journal_is_found_behind_it():
    first, second, third = lines_of()

    assert read_journal(first + second[:40] + b"\n" + third).faults


@pytest.mark.parametrize(
    "changes",
    [
        {"data": ["bukan tabel"]},
        {"data": None},
        {"seq": "1"},
        {"seq": True},
        {"by": None},
        {"kind": 7},
        {"at": "kemarin"},
        {"at": "2026-11-25T08:16:00"},
        {"prev": None},
    ],
)
def test_a_forged_line_of_another_shape_is_a_fault_and_no_entry(changes):
    first, *_ = lines_of()

    journal = read_journal(forged(first, **changes))

    assert journal.entries == ()
    assert journal.faults == ("baris 1 tidak dapat dibaca",)


@given(st.binary(max_size=300))
@example(b"")
@example(b"\n\n\n")
@example(b"\xff\xfe\x00\n")
@example(b"[" * 100_000 + b"\n")
@example(b"9" * 10_000 + b"\n")
@example(b'{"seq":NaN,"at":"","by":"","kind":"","data":{},"prev":"","hash":""}\n')
@example(b'{"seq":1,"at":"2026-11-25","by":"","kind":"","data":{},"prev":"\\ud800","hash":""}\n')
@example(b'{"seq":1,"at":20261125,"by":"","kind":"","data":{},"prev":[],"hash":{}}\n')
def test_no_bytes_at_all_make_reading_fail(text):
    journal = read_journal(text)

    assert not journal.entries
    assert text.endswith(journal.torn)


@given(happenings, st.data())
def test_a_journal_overwritten_in_part_never_makes_reading_fail_and_is_found(data, draw):
    text = b"".join(lines_of(data))
    at = draw.draw(st.integers(0, len(text) - 1))
    junk = draw.draw(st.binary(min_size=1, max_size=40).filter(lambda j: not text[at:].startswith(j)))

    assert is_found(text[:at] + junk + text[at + len(junk) :])


def test_a_sound_journal_gives_its_heads_and_the_next_lines_place():
    text = b"".join(lines_of())

    journal = read_journal(text)

    assert [seq for seq, _ in heads(journal.entries)] == [1, 2, 3]
    assert journal.head == journal.entries[-1].hash
    assert read_journal(b"").head == GENESIS


def test_a_broken_journal_is_refused_saying_where_and_what_to_do():
    text = b"".join(lines_of()).replace(b"tanah", b"rumah")

    with pytest.raises(ArchiveFault, match=r"Jurnal 2026/0007 rusak: baris 2") as refusal:
        entries_of(text, "2026/0007")

    assert "cadangan" in refusal.value.remedy


def test_an_empty_journal_is_refused():
    with pytest.raises(ArchiveFault, match="2026/0007 kosong"):
        entries_of(b"", "2026/0007")
