"""The version of the translate stage: raised when the same input would give another output."""

VERSION = "2"
