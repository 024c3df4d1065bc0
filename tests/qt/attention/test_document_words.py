"""Commands on documents in words: no kind and no command that a person gives is shown by its wire name."""

import re

import pytest

from desktop.views.document_words import document_command, document_title
from domain.kinds import KINDS
from domain.vocabulary import Role

PEOPLE = frozenset(Role) - {Role.SYSTEM}
GIVEN = [
    (kind.name, command) for kind in KINDS for command, roles in sorted(kind.roles.items()) if frozenset(roles) & PEOPLE
]


@pytest.mark.parametrize(("kind", "command"), GIVEN)
def test_every_command_that_a_person_gives_on_a_document_has_a_word(qapp, kind, command):
    assert document_command(kind, command) != command
    assert not re.search("[A-Za-z]", document_title(kind, command, ""))


def test_the_document_stands_behind_the_verb(qapp):
    assert document_title("handover", "attach", "JB-181008-night") == "签名文件存档 · 交接班 JB-181008-night"


def test_a_kind_of_a_later_release_stands_for_itself(qapp):
    assert document_title("drone", "fly", "X1") == "fly · drone X1"
