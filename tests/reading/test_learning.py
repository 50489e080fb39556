"""The letters from which reading learns: every family makes letters that say what they are labelled to say."""

from __future__ import annotations

import re
import sys
from itertools import islice
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.append(str(BENCH))

from families import FOLDER, Misspelt, family_of  # noqa: E402
from labelled import all_families, from_families, from_known  # noqa: E402
from learning import fit_model, fit_tagger, regressed  # noqa: E402
from lighter_model import lightened  # noqa: E402
from sign_groups import GROUPS  # noqa: E402

from pipeline.reading.engines.section_tagger import opened  # noqa: E402
from pipeline.reading.field_weights import AT_LEAST, shipped_weights  # noqa: E402
from pipeline.reading.row_features import row_signs  # noqa: E402

FAMILIES = all_families()
#: Companies, hospitals and holders of office that exist; families that told of them were found by reading them.
_KNOWN = re.compile(
    r"RS Siloam|RS Hermina|RSUD Bari\b|RS BARI|Toeloengredjo|Waskita|Lonsum|Agro Muko|Antar Aja|Agro Niaga"
    r"|Lestari Raharja|Gusril|Ir\. Mian\b|Asnawi Lamat|H\. Sapuan|Indra Catri|Yaswirman|Emilda Sulasmi|Ingot Hutasuhut"
    r"|Bapa Epy"
)


def test_there_are_families_of_many_hands():
    assert len(FAMILIES) >= 150
    assert len({family.name.partition("/")[0] for family in FAMILIES}) >= 4


@pytest.mark.parametrize("hand", sorted({family.name.partition("/")[0] for family in FAMILIES}))
def test_every_family_makes_letters_without_marks_and_with_a_complainant(hand):
    for family in FAMILIES:
        if not family.name.startswith(f"{hand}/"):
            continue
        letters = [family.letter(serial) for serial in range(3)]
        # Some families write without a name now and then.
        assert any(span.label in ("nama", "lembaga") for letter in letters for span in letter.spans), family.name
        for letter in letters:
            assert "[[" not in letter.text, family.name
            letterheads = [span for span in letter.spans if letter.section_at(span.start) == "kop"]
            assert not any(span.label == "alamat" for span in letterheads), "a letterhead's address is nobody's"


def test_no_sentence_stands_in_two_families():
    owners: dict[str, str] = {}
    for family in FAMILIES:
        for line in family.body.splitlines():
            words = line.split()
            if len(words) >= 12 and "[[" not in line:
                assert owners.setdefault(" ".join(words), family.name) == family.name, line


def test_no_family_tells_of_somebody_who_is_known_by_that_name():
    found = {
        (family.relative_to(FOLDER).as_posix(), name)
        for family in sorted(FOLDER.glob("*/*.txt"))
        for name in _KNOWN.findall(family.read_text("utf-8"))
    }

    assert found == set()


def test_the_same_serial_number_makes_the_same_letter():
    family = FAMILIES[0]

    assert family.letter(7) == family.letter(7) != family.letter(8)


def test_words_that_were_misread_keep_their_labels():
    (_, _, _, misread) = from_families(FAMILIES[:1], 4)

    assert any(label != "O" for label in misread.labels)
    assert len(misread.labels) == len(misread.tokens)


def test_what_known_letters_say_is_found_in_their_text():
    letters = islice(from_known("letters2"), 24)

    labelled = {label[2:] for one in letters for label in one.labels if label != "O"}
    assert {"nama", "terlapor", "permintaan", "tanggal", "tujuan"} <= labelled


def test_the_same_letters_fit_the_same_bytes(tmp_path):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        fit_tagger(list(from_families(FAMILIES[:2], 1)), tmp_path / name)
        made.append([(tmp_path / name / model).read_bytes() for model in ("rows.crfsuite", "words.crfsuite")])

    assert made[0] == made[1]


def test_a_model_without_its_lightest_weights_keeps_the_others_as_they_were(tmp_path):
    (letter,) = from_families(FAMILIES[:1], 1)
    signs, path = row_signs(letter.sheet, letter.tokens), tmp_path / "whole"
    whole = fit_model(path, [(signs, letter.sections)], 20)
    written = path.read_bytes()
    (tmp_path / "light").write_bytes(lightened(written, 0.05))
    light = opened(tmp_path / "light")

    assert lightened(written, 0.0) == written
    before, after = whole.info(), light.info()
    heavy = {of: weight for of, weight in before.state_features.items() if abs(weight) >= 0.05}
    assert 0 < len(heavy) < len(before.state_features)
    assert after.state_features == heavy
    assert after.transitions == before.transitions
    assert set(after.attributes) == {sign for sign, _ in heavy} < set(before.attributes)
    assert light.tag(signs) == whole.tag(signs)
    assert len({*light.tag(signs)}) > 4


def test_a_family_that_is_not_written_as_it_must_be_is_told_with_its_name(tmp_path):
    path = tmp_path / "hand" / "01-salah.txt"
    path.parent.mkdir()
    path.write_text("siapa: uji\n---\n== cerita\n<nama>Budi\n", encoding="utf-8")

    with pytest.raises(Misspelt, match="01-salah: <nama> is not closed"):
        family_of(path).letter(0)


def test_a_sign_that_speaks_for_what_is_right_weighs_more_and_one_left_out_nothing():
    examples = [({"always": 1.0, "good": float(i % 2)}, i % 2 == 1) for i in range(60)]
    examples += [({"always": 1.0, "seldom": 1.0}, True)]

    weights = regressed(examples)

    assert weights["good"] > 1
    assert weights["always"] < -0.5
    assert "seldom" not in weights


def test_every_sign_that_weighs_something_is_of_one_group():
    signs = {sign for weights in shipped_weights().by_label.values() for sign in weights} - {"always", AT_LEAST}

    assert {sign: [name for name, group in GROUPS.items() if group(sign)] for sign in signs} == {
        sign: [next(name for name, group in GROUPS.items() if group(sign))] for sign in signs
    }
