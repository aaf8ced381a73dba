from relais.indicators.trajectory import reference


def test_reference_passes_by_the_published_marks() -> None:
    path = reference(12)

    assert [round(path[month], 3) for month in (0, 3, 6, 9, 12)] == [0.0, 0.044, 0.115, 0.206, 0.292]
