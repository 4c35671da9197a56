"""Which promise is broken when something was rejected that should not have been."""

from bdd import Rule
from driver import Action, Reason, Rejection
from step_defs.world import rules

_FIELDS = {
    "quantity": rules.QUANTITY,
    "symbol": rules.SYMBOL,
    "side": rules.SIDE,
    "reference": rules.REFERENCE,
}
_REASONS = {
    Reason.MALFORMED: rules.NOT_AN_ORDER,
    Reason.TOO_LARGE: rules.MESSAGE_SIZE,
    Reason.DUPLICATE_REFERENCE: rules.REFERENCE_ONCE,
    Reason.CAPACITY_REACHED: rules.CAPACITY,
    Reason.TOO_LATE_TO_CANCEL: rules.CANCEL_IN_TIME,
    Reason.ALREADY_CANCELLED: rules.CANCEL_OTHERS,
    Reason.CANCEL_PENDING: rules.CANCEL_OTHERS,
}
_UNKNOWN = {
    Action.VIEW: rules.VIEWED,
    Action.LIST: rules.LISTED,
    Action.CANCEL: rules.CANCELLED_FOR_GOOD,
}


def rule_against(rejection: Rejection, action: Action) -> Rule | None:
    """The promise that the rejection of a valid request breaks; None for the scenario's own."""
    if rejection.reason is Reason.UNKNOWN_ORDER:
        return _UNKNOWN.get(action)
    if rejection.reason is Reason.INVALID_ORDER:
        fields = [each.field for each in rejection.invalid_fields or ()]
        return _FIELDS.get(fields[0]) if len(fields) == 1 else rules.SHOWN_AS_ORDERED
    return _REASONS.get(rejection.reason)
