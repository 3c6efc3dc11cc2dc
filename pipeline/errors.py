"""The exceptions a user can meet; each message says what happened, where, and what to do next."""


class PipelineError(Exception):
    """Stop the run: something a person must mend (exit code 1)."""

    exit_code = 1


class ConfigError(PipelineError):
    """Refuse a configuration or an argument (exit code 2)."""

    exit_code = 2


class OutputLockedError(PipelineError):
    """Refuse to start: another run holds the output folder (exit code 3)."""

    exit_code = 3


class SeedError(PipelineError):
    """Reject one seed; the runner quarantines it with this reason and goes on.

    `code` is a stable word for machines (`empty`, `binary`, `undecodable`, `too_long`, …).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ModelError(PipelineError):
    """Report a translation model that is missing, damaged or refused."""


class MissingExtraError(PipelineError):
    """Report an optional dependency that a feature needs, with the command that installs it."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs the extra '{extra}': pip install 'pipeline[{extra}]'")
        self.extra = extra
