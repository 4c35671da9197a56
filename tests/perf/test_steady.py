import pytest

from driver import TRADING, ServerUnreachable
from perf.steady import place_steadily
from tests.perf.fake_server import Json, Manners, running

PATIENCE = 0.5


def is_third(order: Json) -> bool:
    return str(order["clientOrderId"]).endswith("-00003")


def test_every_order_is_placed_once_over_so_many_connections() -> None:
    placed: list[str] = []

    def answer(order: Json) -> Json:
        placed.append(order["clientOrderId"])
        return order

    with running(Manners(delay=0.01, answer=answer)) as server:
        assert place_steadily(server.base_url, TRADING, 60, 4, patience=PATIENCE) == ()
        assert len(placed) == len(set(placed)) == 60


def test_what_is_wrong_with_an_answer_is_told() -> None:
    with running(Manners(delay=0, reject=lambda order: 503 if is_third(order) else None)) as server:
        findings = place_steadily(server.base_url, TRADING, 5, 2, patience=PATIENCE)
    assert len(findings) == 1
    assert "503" in findings[0]


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    with (
        running(Manners(delay=0, ignore=is_third)) as server,
        pytest.raises(ServerUnreachable),
    ):
        place_steadily(server.base_url, TRADING, 5, 2, patience=PATIENCE)


def test_a_connection_that_breaks_is_told() -> None:
    with (
        running(Manners(delay=0, hang_up_at=3)) as server,
        pytest.raises(ServerUnreachable),
    ):
        place_steadily(server.base_url, TRADING, 5, 1, patience=PATIENCE)
