"""Steps about requests of any kind, and about what is accepted and what is rejected."""

from functools import partial

from bdd import story
from driver import Malformed, Rejection
from step_defs.checks.named_orders import accepted_order, require_order_named
from step_defs.checks.rejections import (
    Expected,
    require_accepted,
    require_explanations,
    require_one_accepted,
    require_one_rejected,
    require_rejection,
)
from step_defs.phrases import then, things, when
from step_defs.phrases.requests import Request
from step_defs.world.drafts import draft
from step_defs.world.second_look import rule_of_late_cancels
from step_defs.world.selection import Selection, Subject, Which
from step_defs.world.world import Call, World


@when("the trader submits {message:Message}")
@story(gives=things.answers("order"))
def send_message(world: World, message: Malformed) -> None:
    """Sends this message where the server expects an order."""
    world.act([partial(world.wire.place_malformed, message, draft())])


@when("the trader sends {count:Repetition} to {request:Request}")
@story(gives=things.answers())
def make_requests(world: World, count: int, request: Request) -> None:
    """Sends one request of any kind, or many at the same moment."""

    def calls() -> list[Call]:
        return [request(world) for _ in range(count)]

    world.act(calls(), again=calls)


@then("the/every {subject:Subject} is accepted")
def is_accepted(world: World, subject: Subject) -> None:
    """The latest action, or each of several simultaneous ones, was not rejected."""
    for answer in world.answers:
        require_accepted(answer, subject)


@then("the/every {subject:Subject} is rejected because {reason:Reason}")
def is_rejected(world: World, subject: Subject, reason: Expected) -> None:
    """The latest action, or each of several simultaneous ones, was rejected for this reason."""
    for answer in world.answers:
        require_rejection(answer, subject, reason)


@then(
    "exactly one {subject:Subject} is accepted and every other is rejected "
    + "because {reason:Reason}"
)
def exactly_one_is_accepted(world: World, subject: Subject, reason: Expected) -> None:
    """One of several simultaneous actions is accepted; each other is rejected for this reason."""
    require_one_accepted(world.answers, subject, reason, rule_of_late_cancels(world))


@then("at least one {subject:Subject} is rejected because {reason:Reason}")
def at_least_one_is_rejected(world: World, subject: Subject, reason: Expected) -> None:
    """One or more of several simultaneous actions are rejected for this reason."""
    require_one_rejected(world.answers, subject, reason)


@then("the rejection names the first order with its status")
@story(needs=things.an_order)
def names_first_order(world: World) -> None:
    """The rejection gives the ID and the status of the order that had the reference first."""
    require_order_named(world, world.answer, world.select(Selection(Which.FIRST))[0].order)


@then("every rejection names the accepted order with its status")
def name_accepted_order(world: World) -> None:
    """Each rejection gives the ID and the status of the one order that was accepted."""
    for answer in world.answers:
        if isinstance(answer.outcome, Rejection):
            require_order_named(world, answer, accepted_order(world.answers))


@then("the/every rejection links to a readable explanation")
@story(needs=things.latest(""))
def leads_to_explanation(world: World) -> None:
    """The link of the rejection, or of each kind of rejection, leads to a sentence."""
    require_explanations(world.port, world.answers)
