"""What a bureau passes on: a run as a workbook or a document, in the tables that it is used to, with native charts."""

from sim.output.office.files import FORMS, Form, check_installed, write, write_comparison

__all__ = ["FORMS", "Form", "check_installed", "write", "write_comparison"]
