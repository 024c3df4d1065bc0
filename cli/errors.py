"""What an operator reads when a command cannot do its work: one sentence that says what to do. No traceback."""


class OperatorError(Exception):
    """The message is for the person at the console; `cli.main` prints it and exits with `code`."""

    def __init__(self, message: str, code: int = 2) -> None:
        super().__init__(message)
        self.code = code
