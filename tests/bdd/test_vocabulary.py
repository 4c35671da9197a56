from decimal import Decimal
from typing import Any, cast

import pytest

import bdd
from bdd import PlaceholderType, Vocabulary

PRICE = PlaceholderType("Price", Decimal, r"\d+\.\d\d", example="1.20", meaning="a price")


def read_size(text: str) -> str:
    if text not in {"small", "large"}:
        raise ValueError("there are small and large ones only")
    return text


SIZE = PlaceholderType("Size", read_size, example="small", meaning="small or large")
WORDS = Vocabulary(PRICE, SIZE)


def test_the_face_of_the_package() -> None:
    classes = ["Fault", "Mismatch", "PlaceholderType", "Rule", "Thing", "Vocabulary"]
    functions = ["announce", "attach", "charge_run", "not_offered", "story"]
    assert bdd.__all__ == ["ANY_NAME", "UNCOUNTED", *classes, *functions]
    assert all(hasattr(bdd, name) for name in bdd.__all__)


def test_a_phrase_matches_whole_steps_and_converts_their_values() -> None:
    phrase = WORDS.phrase("a {size:Size} box costs {price:Price}?")
    assert phrase.is_matching("a large box costs 1.20?")
    assert phrase.parse_arguments("a large box costs 1.20?") == {
        "size": "large",
        "price": Decimal("1.20"),
    }


@pytest.mark.parametrize(
    "step",
    [
        "a large box costs 1.2?",
        "A large box costs 1.20?",
        "a large box costs 1.20? indeed",
        "so a large box costs 1.20?",
        "a very large box costs 1.20?",
    ],
)
def test_a_phrase_does_not_match_what_is_written_otherwise(step: str) -> None:
    phrase = WORDS.phrase("a {size:Size} box costs {price:Price}?")
    assert not phrase.is_matching(step)
    assert phrase.parse_arguments(step) is None
    assert phrase.unreadable(step) == []


def test_a_value_that_its_type_rejects_still_matches_and_is_named() -> None:
    phrase = WORDS.phrase("a {size:Size} box")
    assert phrase.is_matching("a huge box")
    (value,) = phrase.unreadable("a huge box")
    assert (value.name, value.text, value.type) == ("size", "huge", SIZE)
    assert value.reason == "there are small and large ones only"


def test_a_placeholder_without_a_type_is_any_text() -> None:
    phrase = WORDS.phrase("{who} says: {what}")
    assert phrase.parse_arguments("Ann says: he says: no") == {"who": "Ann", "what": "he says: no"}
    assert not phrase.is_matching(" says: ")


def test_an_unknown_type_is_rejected_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no type 'Sise', only Price, Size"):
        WORDS.phrase("a {size:Sise} box")


@pytest.mark.parametrize("text", ["an (old) box", "a box.", "a box/ crate", r"a \box", "a|b", "a*"])
def test_words_that_editors_misunderstand_are_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="cannot contain"):
        WORDS.when(text)


@pytest.mark.parametrize(
    "text",
    [
        "a/ box",
        "a /b box",
        "a / b",
        "a//b",
        "1/2 boxes",
        "these box/boxes:",
        "{size:Size}/b",
        "a/{size:Size}",
        "{size:Size}a/b",
        "a/b{size:Size}",
    ],
)
def test_a_slash_that_does_not_join_whole_words_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match="cannot contain /, and a slash joins whole words only"):
        WORDS.phrase(text)


@pytest.mark.parametrize("verb", ["is", "are", "remains"])
@pytest.mark.parametrize("noun", ["box", "boxes"])
def test_words_joined_by_a_slash_are_alternatives(noun: str, verb: str) -> None:
    phrase = WORDS.phrase("the box/boxes is/are/remains {size:Size}")
    step = f"the {noun} {verb} small"
    assert phrase.is_matching(step)
    assert phrase.parse_arguments(step) == {"size": "small"}


@pytest.mark.parametrize(
    "step",
    [
        "the box/boxes is small",
        "the box boxes is small",
        "the boxe is small",
        "the boxis small",
        "the  is small",
        "the crate is small",
        "the box",
        "boxes is small",
    ],
)
def test_of_alternatives_exactly_one_stands_in_a_step(step: str) -> None:
    assert not WORDS.phrase("the box/boxes is/are {size:Size}").is_matching(step)


def test_alternatives_may_begin_and_end_a_step() -> None:
    phrase = WORDS.phrase("a/an {size:Size} box/crate")
    assert phrase.parse_arguments("an small crate") == {"size": "small"}
    assert not phrase.is_matching("a small boxer")


def test_the_example_has_the_first_alternatives_and_the_plain_sentence_all() -> None:
    phrase = WORDS.phrase("the/every {size:Size} box/boxes")
    assert phrase.example() == "the small box"
    assert phrase.plain() == "the/every {size} box/boxes"


def test_a_step_is_written_with_given_values_and_preferred_alternatives() -> None:
    phrase = WORDS.phrase("the/every {size:Size} box costs/cost {price:Price}")
    every = phrase.written({"size": "large"}, lambda word: word == "every")
    assert every == "every large box costs 1.20"


def test_a_step_function_must_take_every_placeholder() -> None:
    with pytest.raises(TypeError, match="box does not take price, size"):

        @WORDS.given("a {size:Size} box for {price:Price}")
        def box() -> None:
            """Forgets its arguments."""


def test_a_type_reads_only_what_its_pattern_allows() -> None:
    assert PRICE.read("1.20") == Decimal("1.20")
    with pytest.raises(ValueError, match="it is not a price"):
        PRICE.read("1.2")


def test_a_table_needs_a_function_that_takes_it() -> None:
    with pytest.raises(TypeError, match="does not take `datatable`"):

        @WORDS.table(required={"size": "Size"})
        def boxes() -> None:
            """Forgets its table."""


def test_a_table_is_read_into_dictionaries_without_empty_optional_cells() -> None:
    @WORDS.table(required={"size": "Size"}, optional={"price": "Price"})
    def boxes(shelf: str, datatable: list[dict[str, object]]) -> list[dict[str, object]]:
        return [{"shelf": shelf, **row} for row in datatable]

    rows = [["price", "size"], ["1.20", "small"], ["", "large"]]
    assert cast("Any", boxes)(shelf="A", datatable=rows) == [
        {"shelf": "A", "price": Decimal("1.20"), "size": "small"},
        {"shelf": "A", "size": "large"},
    ]


def test_a_step_that_yields_cannot_have_a_table() -> None:
    with pytest.raises(TypeError, match="cannot yield"):

        @WORDS.table(required={"size": "Size"})
        def boxes(datatable: list[dict[str, object]]):  # type: ignore[no-untyped-def]
            yield datatable


def test_a_type_that_stands_twice_has_an_example_for_each_place() -> None:
    name = PlaceholderType("Name", str, example="Ann", examples=("Bob", "Carol"))
    words = Vocabulary(name, SIZE)
    assert words.phrase("{one:Name} comes").example() == "Ann comes"
    assert words.phrase("{one:Name} meets {other:Name}").example() == "Bob meets Carol"
    assert words.phrase("{one:Size} and {other:Size}").example() == "small and small"
