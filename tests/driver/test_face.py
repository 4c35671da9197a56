import driver


def test_the_face_of_the_package() -> None:
    classes = {name for name in vars(driver) if name[0].isupper()}
    assert set(driver.__all__) == classes | {"api_key"}
