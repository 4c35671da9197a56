"""What a scenario shows of itself speaks of orders by their names."""

from contextlib import closing
from dataclasses import replace
from uuid import uuid4

from driver import ReceivedEvent
from step_defs.checks.end_of_scenario import tapes
from step_defs.world.drafts import draft
from step_defs.world.naming import legend, order_names, wording
from step_defs.world.world import World
from tests.step_defs.fake_port import FakeSubscription, fake_world


def ids(world: World) -> list[str]:
    return [each.order.order_id for each in world.placements if not each.rejected]


def test_an_order_is_called_as_in_its_table_or_by_its_position() -> None:
    with closing(fake_world()) as world:
        first, _ = world.place([draft()], [draft()])
        world.name("A", first)
        assert list(order_names(world).values()) == ["order A", "order 2"]
        assert legend(world) == f"order A: {ids(world)[0]}\norder 2: {ids(world)[1]}"


def test_a_single_order_needs_no_number_and_a_rejected_one_has_no_name() -> None:
    with closing(fake_world()) as world:
        world.place([draft()], [draft(quantity="0")])
        assert list(order_names(world).values()) == ["the order"]


def test_names_stand_where_ids_stood() -> None:
    with closing(fake_world()) as world:
        (placed,) = world.place([draft()])
        order_id, reference = placed.order.order_id, placed.reference
        word = wording(world)
        assert (
            word(f"GET /orders/{order_id} was rejected") == "GET /orders/{the order} was rejected"
        )
        assert word(f"1 EXECUTED order {order_id}, then") == "1 EXECUTED the order, then"
        assert word(f'"{order_id}"') == '"the order"'
        assert word(f"the order  reference {reference}") == "the order  reference its own"
        assert word("order 12 of reference 12") == "order 12 of reference 12"


def test_an_order_that_was_given_up_is_told_as_such() -> None:
    with closing(fake_world()) as world, closing(fake_world()) as other:
        given_up = other.place([draft()])
        world.discard(given_up)
        assert list(order_names(world).values()) == ["a discarded order"]


def test_an_order_that_only_an_event_tells_of_is_not_accepted() -> None:
    with closing(fake_world()) as world:
        (placed,) = world.place([draft()])
        control = world.subscribers.control
        assert isinstance(control, FakeSubscription)
        strange = replace(control.events[0].event, sequence=3, order_id=str(uuid4()))
        control.events.append(ReceivedEvent(strange, 0))
        assert strange.reference == placed.reference
        assert list(order_names(world).values()) == ["the order", "an unaccepted order"]
        tape = dict(tapes(world))["Events that the control subscriber received"]
        assert strange.order_id in tape


def test_of_the_id_of_somebody_elses_order_the_beginning_is_shown() -> None:
    with closing(fake_world()) as world:
        told = wording(world)("order 3b241101-e2bb-4255-8caf-4136c566a962 became EXECUTED")
    assert told == "order 3b241101… became EXECUTED"
