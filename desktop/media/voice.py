"""Reads a text aloud through the speech engine of this computer. Made when somebody first asks for it; without one, it says so.

Qt's own mock engine is no voice: it is taken only where it is asked for by name (tests).
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

NO_VOICES = frozenset({"mock", "none"})
LANGUAGES = {"zh": QLocale.Language.Chinese, "en": QLocale.Language.English}
NO_ENGINE, NO_LANGUAGE = "no_engine", "no_language"
_BUSY = (QTextToSpeech.State.Speaking, QTextToSpeech.State.Synthesizing)


class Voice(QObject):
    """`ended` after the last word, or when it was stopped; `failed` tells what the engine said, in its own words."""

    ended = Signal()
    failed = Signal(str)

    def __init__(self, language: str, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language, self._wanted = language, engine
        self._engine: QTextToSpeech | None = None

    def is_speaking(self) -> bool:
        return self._engine is not None and self._engine.state() in _BUSY

    def speak(self, text: str) -> str:
        """ "" = it speaks; else no_engine or no_language. What was being said ends."""
        if self._engine is None:
            self._engine = self._open()
        if self._engine is None:
            return NO_ENGINE
        locale = self._locale(self._engine)
        if locale is None:
            return NO_LANGUAGE
        if self._engine.locale() != locale:
            self._engine.setLocale(locale)
        self._engine.say(text)
        return ""

    def stop(self) -> None:
        if self._engine is not None:
            self._engine.stop()

    def engine(self) -> str:
        """Its name; "" = none."""
        return self._engine.engine() if self._engine is not None else ""

    def _open(self) -> QTextToSpeech | None:
        """The first that works. One that was installed meanwhile is found by the next try."""
        names = (
            [self._wanted]
            if self._wanted
            else [one for one in QTextToSpeech.availableEngines() if one not in NO_VOICES]
        )
        for name in names:
            found = QTextToSpeech(name, self)
            if found.state() is not QTextToSpeech.State.Error:
                found.stateChanged.connect(self._on_state)
                found.errorOccurred.connect(self._on_error)
                return found
            found.deleteLater()
        return None

    def _locale(self, engine: QTextToSpeech) -> QLocale | None:
        """Of the language of the windows; a Chinese one of the mainland before others."""
        wanted = LANGUAGES.get(self._language, QLocale.Language.English)
        found = [one for one in engine.availableLocales() if one.language() is wanted]
        return next((one for one in found if one.territory() is QLocale.Country.China), found[0] if found else None)

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if state is QTextToSpeech.State.Ready:
            self.ended.emit()

    def _on_error(self, _reason: QTextToSpeech.ErrorReason, text: str) -> None:
        self.failed.emit(text)
