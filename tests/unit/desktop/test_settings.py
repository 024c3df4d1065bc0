"""Settings: what is saved comes back, and nonsense costs only itself."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import Settings, WindowPlace, load, save

TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
PLACES = st.builds(
    WindowPlace,
    geometry=TEXTS,
    screen=TEXTS,
    full_screen=st.booleans(),
    open=st.booleans(),
    shows=TEXTS,
)


def test_nothing_there_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == (Settings(), ())


@given(settings=st.builds(Settings, server=TEXTS, windows=st.dictionaries(TEXTS, PLACES, max_size=3)))
def test_what_is_saved_comes_back(tmp_path_factory: object, settings: Settings) -> None:
    folder = tmp_path_factory.mktemp("settings")  # type: ignore[attr-defined]
    save(folder, settings)
    assert load(folder) == (settings, ())


def test_a_bad_value_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'theme = "pink"\nlanguage = "en"\nscale = nan\ncache_days = 0\nwindows = 3\n', "utf-8"
    )
    settings, refused = load(tmp_path)
    assert settings == Settings(language="en")
    assert set(refused) == {"theme", "scale", "cache_days", "windows"}


def test_a_file_that_is_no_toml_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\x00 not toml")
    assert load(tmp_path) == (Settings(), ("file",))
    assert (tmp_path / "settings.toml.bad").exists()
