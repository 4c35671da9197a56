"""Whoever misses the words of a step is shown the one that was meant."""

import pytest

from bdd.language.definitions import StepDefinition, StepType
from bdd.language.step_similarity import SHOWN, nearest_steps
from tests.bdd.basket_steps import words


def defined(type_: StepType | None, sentence: str) -> StepDefinition:
    return StepDefinition(type_, words.phrase(sentence), lambda: None, "steps.py")


LANGUAGE = [
    defined("given", "a basket with {count:Count} {vegetable:Vegetable}"),
    defined("given", "{name:Name} is/are waiting for the cook"),
    defined("given", "the cook is asleep"),
    defined("when", "{name:Name} eats {count:Count} {vegetable:Vegetable}"),
    defined("when", "{name:Name} puts the {vegetable:Vegetable} back"),
    defined("when", "{name:Name} starts/begins to wait for the cook"),
    defined("when", "the cook is called"),
    defined("when", "the cook tips/empties the basket out"),
    defined("when", "the cook weighs the basket"),
    defined("then", "the basket holds {count:Count} {vegetable:Vegetable}"),
    defined("then", "the basket is empty"),
    defined("then", "the {vegetable:Vegetable} are shown as {colour}"),
    defined("then", "the cook rejects because {reason}"),
]


def nearest(step: str) -> list[str]:
    type_, _, text = step.partition(" ")
    return [each.text for each in nearest_steps(type_.lower(), text, LANGUAGE)]


@pytest.mark.parametrize(
    ("step", "meant"),
    [
        ("When the cook weigh the basket", "the cook weighs the basket"),
        ("When somebody calls the cook", "the cook is called"),
        ("Then the leeks should be shown as green", "the {vegetable:Vegetable} are shown as"),
        ("Then the cook has rejected as it is late", "the cook rejects because {reason}"),
        ("Given Bob waits for the cook", "{name:Name} is/are waiting for the cook"),
        ("Given there is a basket that has 2 tomatoes", "a basket with {count:Count}"),
        ("When Ann ate 2 leeks", "{name:Name} eats {count:Count} {vegetable:Vegetable}"),
        ("When Ann took the leeks and puts them back", "{name:Name} puts the"),
    ],
)
def test_the_step_that_shares_the_significant_words_comes_first(step: str, meant: str) -> None:
    assert nearest(step)[0].startswith(meant)


@pytest.mark.parametrize("verb", ["tips", "empties", "emptied", "empty"])
def test_a_definition_has_either_of_its_alternatives(verb: str) -> None:
    assert nearest(f"When the cook {verb} my basket")[0] == "the cook tips/empties the basket out"


def test_words_with_a_typo_are_found_by_their_letters() -> None:
    assert nearest("When teh cook wieghs teh baskte")[0] == "the cook weighs the basket"


@pytest.mark.parametrize("values", ["7 leeks", "3 cucumbers", "123456789 tomatoes"])
def test_values_other_than_those_of_the_examples_do_not_matter(values: str) -> None:
    holds = "the basket holds {count:Count} {vegetable:Vegetable}"
    assert nearest(f"Then the basket has {values}")[0] == holds


def test_of_steps_that_are_alike_the_one_of_the_same_keyword_comes_first() -> None:
    given, when = "{name:Name} is/are waiting for the cook", "{name:Name} starts/begins to wait"
    assert nearest("Given Ann wait for the cook")[0] == given
    assert nearest("When Ann wait for the cook")[0].startswith(when)


def test_a_step_of_another_keyword_comes_first_if_it_is_much_more_alike() -> None:
    assert nearest("Then the cook weighed the basket")[0] == "the cook weighs the basket"


def test_steps_of_other_keywords_can_be_left_out() -> None:
    text = "Ann is waiting for the cook"
    (near,) = nearest_steps("when", text, LANGUAGE, other_types=False)
    assert near.text == "{name:Name} starts/begins to wait for the cook"


@pytest.mark.parametrize("step", ["When it rains", "Then an email arrives", "Given no account"])
def test_what_is_like_no_step_has_none_near(step: str) -> None:
    assert nearest(step) == []


def test_only_a_few_are_shown() -> None:
    assert len(nearest("When the cook is there")) <= SHOWN


def test_without_definitions_nothing_is_near() -> None:
    assert nearest_steps("when", "the cook is called", []) == []
