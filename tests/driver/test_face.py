import driver

FUNCTIONS = {"api_key", "chosen_contract", "read_contract"}


def test_the_face_of_the_package() -> None:
    classes = {name for name in vars(driver) if name[0].isupper()}
    assert set(driver.__all__) == classes | FUNCTIONS
