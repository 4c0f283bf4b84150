"""ID numbers and credit codes: every invented number is checked, every changed character is caught."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.identifiers import (
    birth_date,
    clean_identifier,
    credit_code_check_char,
    credit_code_fault,
    luhn_ok,
    person_id_check_char,
    person_id_fault,
    upgrade_person_id,
)

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
regions = st.integers(990101, 990199).map(str)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
serials = st.integers(0, 999).map("{:03}".format)


@st.composite
def person_ids(draw: st.DrawFn) -> str:
    first17 = draw(regions) + draw(days).strftime("%Y%m%d") + draw(serials)
    return first17 + person_id_check_char(first17)


credit_bodies = st.builds("91{}{}".format, regions, st.text(alphabet=CREDIT_ALPHABET, min_size=9, max_size=9))
credit_codes = credit_bodies.map(lambda body: body + credit_code_check_char(body))


@given(person_ids())
def test_a_made_id_is_valid_in_either_case(number: str) -> None:
    assert person_id_fault(number) is None
    assert person_id_fault(number.lower()) is None
    assert birth_date(number) is not None
    assert f"{birth_date(number):%Y%m%d}" == number[6:14]


@given(person_ids(), st.integers(0, 17), st.sampled_from(string.digits))
def test_one_changed_digit_is_caught(number: str, place: int, digit: str) -> None:
    changed = number[:place] + digit + number[place + 1 :]
    assert (person_id_fault(changed) is None) == (changed == number)


@given(person_ids(), st.integers(0, 15))
def test_two_swapped_neighbours_are_caught(number: str, place: int) -> None:
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (person_id_fault(changed) is None) == (changed == number)


# The example number of ISO 7064 MOD 11-2 literature (GB 11643-1999 uses it): 0794 has check character 0; here a
# computation by hand over an invented region: 990101 19700101 001.
def test_the_check_character_agrees_with_a_computation_by_hand() -> None:
    # 9*7+9*9+0*10+1*5+0*8+1*4 + 1*2+9*1+7*6+0*3+0*7+1*9+0*10+1*5 + 0*8+0*4+1*2 = 222; 222 mod 11 = 2 -> X
    assert person_id_check_char("99010119700101001") == "X"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "length"),
        ("99010119700101001", "length"),
        ("9901011970010100XX", "characters"),
        ("99010119700101001Y", "characters"),
        ("９90101197001010010", "characters"),
        ("99010119701301001X", "date"),
        ("99010119700230001X", "date"),
        ("99010118990101001X", "date"),
        ("990101197001010011", "check_digit"),
        ("990101********001X", "masked"),
        ("990101700230001", "date"),
        ("990101700101001", None),
        ("99010119700101001x", None),
    ],
)
def test_faults_of_ids(text: str, fault: str | None) -> None:
    assert person_id_fault(text) == fault


@given(regions, st.dates(date(1900, 1, 1), date(1999, 12, 31)), serials)
def test_an_old_number_becomes_a_valid_one_of_the_same_person(region: str, day: date, serial: str) -> None:
    old = f"{region}{day:%y%m%d}{serial}"
    new = upgrade_person_id(old)
    assert person_id_fault(new) is None
    assert birth_date(new) == day
    assert new[:6] + new[8:17] == old


@pytest.mark.parametrize("text", ["", "99010170010100", "9901017001010O1", "99010119700101001X"])
def test_only_fifteen_digits_are_upgraded(text: str) -> None:
    with pytest.raises(ValueError, match="15 digits"):
        upgrade_person_id(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("'99010119700101001x", "99010119700101001X"),
        ("＇９９０１０１１９７００１０１００１Ｘ", "99010119700101001X"),
        (" 9901\t0119 7001\u200b01001\ufeffX\n", "99010119700101001X"),
        ("`6217000000000000000", "6217000000000000000"),
        ("62170000.0", "62170000"),
        ("1.0.0", "1.0.0"),
        ("HT-1.0", "HT-1.0"),
        ("\u3000ht-2021－003", "HT-2021-003"),
    ],
)
def test_cleaning(text: str, clean: str) -> None:
    assert clean_identifier(text) == clean


@given(credit_codes)
def test_a_made_credit_code_is_valid(code: str) -> None:
    assert credit_code_fault(code) is None


@given(credit_codes, st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_changed_character_of_a_credit_code_is_caught(code: str, place: int, char: str) -> None:
    changed = code[:place] + char + code[place + 1 :]
    assert (credit_code_fault(changed) is None) == (changed == code)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "length"),
        ("91990101MA0000000", "length"),
        ("91990101MAI0000000", "characters"),
        ("91990101MAO0000000", "characters"),
        ("91990101ma00000000", "characters"),
        ("91990101MA******00", "masked"),
    ],
)
def test_faults_of_credit_codes(text: str, fault: str) -> None:
    assert credit_code_fault(text) == fault


@pytest.mark.parametrize("text", ["", "91990101MA000000", "91990101MAI000000"])
def test_a_credit_code_body_must_be_whole(text: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        credit_code_check_char(text)


@pytest.mark.parametrize(
    ("digits", "ok"),
    [("79927398713", True), ("79927398710", False), ("18", True), ("", False), ("0", False), ("7992739871X", False)],
)
def test_luhn(digits: str, ok: bool) -> None:
    assert luhn_ok(digits) is ok


@given(st.text() | st.text(alphabet="0123456789Xx*'. 年月", max_size=20))
def test_no_text_raises(text: str) -> None:
    clean = clean_identifier(text)
    assert not any(char.isspace() for char in clean)
    assert person_id_fault(text) in (None, "masked", "length", "characters", "date", "check_digit")
    assert credit_code_fault(text) in (None, "masked", "length", "characters", "check_digit")
    assert birth_date(text) is None or person_id_fault(text) is None
    assert luhn_ok(text) in (True, False)
