"""Which texts the program speaks: Chinese is the source, English comes from its .qm file, Qt's own words from Qt's."""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from resources import path as resource_path

log = logging.getLogger("desktop")
SOURCE_LANGUAGE = "zh_CN"


class Texts:
    """The translators of the running program. Windows made after `use` speak the new language."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def use(self, language: str) -> None:
        """`language`: zh_CN or en. A missing file is an error of the installation: said in the log, Chinese stays."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []
        self._load(language)
        # Qt puts the program's name behind the title of a window.
        self._app.setApplicationDisplayName(QCoreApplication.translate("app", "联动"))

    def _load(self, language: str) -> None:
        QLocale.setDefault(QLocale(language))
        self._install(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{language}")
        if language == SOURCE_LANGUAGE:
            return
        try:
            folder = resource_path("i18n")
        except FileNotFoundError:
            log.error("no texts for language %s in this installation; Chinese is shown", language)
            return
        if not self._install(str(folder), f"liandong_{language}"):
            log.error("the texts for language %s cannot be read; Chinese is shown", language)

    def _install(self, folder: str, name: str) -> bool:
        translator = QTranslator(self._app)
        if not translator.load(name, folder):
            return False
        self._app.installTranslator(translator)
        self._installed.append(translator)
        return True
