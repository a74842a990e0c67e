"""`noivu doctor`: would anything fail a user today?"""

from dataclasses import asdict
from typing import Any

import click

from noivu.core.console import as_json_option, emit
from noivu.core.wording import active_language
from noivu.portal.checkup import Finding, check_up


@click.command(epilog="Example: noivu doctor --json")
@as_json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check database, log, disk, keys, files, backups, clock, calendar, fonts; exit 1 if something fails a user."""
    findings = check_up()
    failed = any(finding.verdict == "fail" for finding in findings)
    payload = {"healthy": not failed, "findings": [_plain(finding) for finding in findings]}
    emit(payload, as_json, _in_words)
    if failed:
        context.exit(1)


def _plain(finding: Finding) -> dict[str, Any]:
    described = asdict(finding)
    return {**described, "says": finding.says.vi, "says_en": finding.says.en}


def _in_words(payload: dict[str, Any]) -> str:
    marks = {"ok": "✓", "warn": "!", "fail": "✗"}
    says = "says_en" if active_language() == "en" else "says"
    lines = [f"{marks[one['verdict']]} {one['code']:12} {one[says]}" for one in payload["findings"]]
    return "\n".join(lines)
