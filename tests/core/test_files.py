from pathlib import Path

import pytest

from relais.core.files import written_whole


def test_a_file_that_is_cut_short_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    with written_whole(path) as partial:
        partial.write_text("first")

    def cut_short() -> None:
        with written_whole(path) as partial:
            partial.write_text("sec")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_short()

    assert path.read_text() == "first"
