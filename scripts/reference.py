"""Writes docs/reference/ from what the code declares. `--check` only says which pages no longer agree."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
HEAD = "<!-- Written by `make docs` from the code: change the code, then run it again. -->\n"


def cell(value: Any) -> str:
    """A value as a cell of a table: one line, no stroke that would part it."""
    return " ".join(str(value).split()).replace("|", "\\|")


def both(text: Any) -> str:
    """A wording in both languages; once where they agree."""
    vietnamese, english = cell(text.in_language("vi")), cell(text.in_language("en"))
    return vietnamese if vietnamese == english else f"{vietnamese} · *{english}*"


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    heads = list(heads)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return [*lines, *(f"| {' | '.join(cell(value) for value in row)} |" for row in rows), ""]


def code(value: Any) -> str:
    return f"`{value}`" if str(value) else ""


# --- commands -----------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    """Every command with its options and an example, as `--help` shows them."""
    import click

    from noivu.portal.cli import noivu

    lines = [
        "# Commands",
        "`noivu [--data DIR] COMMAND …`. The data directory is `--data`, else `NOIVU_DATA`, else `./var`; the",
        "database is `DATABASE_URL`, else SQLite inside it; `NOIVU_LANGUAGE=en` speaks English. Exit 0: done; 1:",
        "refused, with the reason and what to do in both languages on stderr; 2: wrong usage. With `--json` nothing",
        "but the JSON is on stdout. Dates: 2024-10-31 or 31/10/2024.",
        "",
    ]
    context = click.Context(noivu, info_name="noivu")
    for name in noivu.list_commands(context):
        command = noivu.get_command(context, name)
        if command is None:
            raise SystemExit(f"{name} is listed and not there")
        lines += _command(command, click.Context(command, info_name=name, parent=context))
    return lines


def _command(command: Any, context: Any) -> list[str]:
    import click

    said, example = _help_and_example(command)
    level = "##" if context.parent.parent is None else "###"
    lines = [f"{level} {context.command_path}", *said, ""]
    if example:
        lines += ["```", example, "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.commands[name]
            lines += _command(below, click.Context(below, info_name=name, parent=context))
        return lines
    lines += [code(" ".join([context.command_path, *_arguments(command)])), ""]
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        lines += table(("option", "does", "default"), (_option(one) for one in options))
    return lines


def _help_and_example(command: Any) -> tuple[list[str], str]:
    """The words of the help, and the example that stands at their end or in the epilogue."""
    text = " ".join((command.help or "").split()) + " " + (command.epilog or "")
    said, _, example = text.partition("Example: ")
    return [said.strip()], example.strip()


def _arguments(command: Any) -> list[str]:
    import click

    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    names = [one.make_metavar(click.Context(command)) for one in arguments]
    return ["[OPTIONS]", *names]


def _option(option: Any) -> tuple[str, str, str]:
    import click

    names = ", ".join(option.opts + option.secondary_opts)
    shown = names if option.is_flag else f"{names} {option.make_metavar(click.Context(click.Command('any')))}"
    notes = [option.help or "", "Required." if option.required else "", "May be repeated." if option.multiple else ""]
    plain = isinstance(option.default, str | int) and not isinstance(option.default, bool)
    return code(shown), " ".join(note for note in notes if note), code(option.default) if plain else ""


# --- import templates ---------------------------------------------------------------------------------------------


def import_templates() -> list[str]:
    """Every import template with its columns, in both languages."""
    from noivu.sheets.declarations import templates
    from noivu.sheets.kinds import kinds

    lines = [
        "# Import templates",
        "`noivu template NAME` writes an empty one; `noivu import NAME FILE` brings rows in. ★ required, ⚿ the columns",
        "that identify a row. Kinds of cells:",
        "",
        *table(("kind", "what a cell holds"), ((code(kind.code), both(kind.hint)) for kind in kinds)),
    ]
    for template in templates:
        lines += [f"## {template.name}", f"{both(template.label)}. Verb: `{template.verb}`.", ""]
        if template.description.vi:
            lines += [both(template.description), ""]
        heads = ("column", "", "label", "kind", "help", "example")
        lines += table(heads, (_column(column) for column in template.columns))
    return lines


def _column(column: Any) -> tuple[str, ...]:
    signs = ("★" if column.required else "") + ("⚿" if column.is_key else "")
    words = both(column.help) if column.help.vi else ""
    if column.choices:
        listed = "; ".join(f"`{key}` {both(value)}" for key, value in column.choices.items())
        words = f"{words}. {listed}" if words else listed
    kind = f"{column.kind} (as of {column.on})" if column.on else column.kind
    return code(column.key), signs, both(column.label), kind, words, column.example


# --- figures ------------------------------------------------------------------------------------------------------


def indicators() -> list[str]:
    """Every figure, rate and identity."""
    from noivu.figures.registry import DECLARED

    lines = [
        "# Indicators",
        "Counted, never typed: each is a base set of records and a condition (`noivu figures`, `noivu records`).",
        "Rates are computed from their parts, rounded half-up to one decimal for display, never summed or averaged.",
        "",
        "## Base sets",
        *table(
            ("code", "records", "register"), ((code(b.code), both(b.label), code(b.source)) for b in DECLARED.bases)
        ),
        "## Figures",
    ]
    for figure in DECLARED.indicators:
        lines += [
            f"### {figure.code}",
            f"{both(figure.label)}",
            "",
            f"* Concept: {both(figure.concept)}",
            f"* Method: {both(figure.method)}",
            f"* Unit: {both(figure.measured_in)} · base `{figure.base}` · {figure.completeness}",
            *([f"* Breakdowns: {_breakdowns(figure)}"] if figure.breakdowns else []),
            "",
        ]
    lines += ["## Rates", *table(("code", "label", "concept and method", "part", "whole"), map(_rate, DECLARED.rates))]
    lines += ["## Identities", *table(("code", "label", "whole", "parts"), map(_identity, DECLARED.identities))]
    sources = ((code(s.code), both(s.label), code(s.model._meta.label_lower)) for s in DECLARED.sources)
    return [*lines, "## Sources", *table(("code", "register", "model"), sources)]


def _breakdowns(figure: Any) -> str:
    return "; ".join(f"`{way.code}` {both(way.label)}" for way in figure.breakdowns)


def _rate(rate: Any) -> tuple[str, ...]:
    return (
        code(rate.code),
        both(rate.label),
        f"{both(rate.concept)} {both(rate.method)}",
        code(rate.part),
        code(rate.whole),
    )


def _identity(identity: Any) -> tuple[str, ...]:
    parts = " + ".join(code(part) for part in identity.parts)
    return code(identity.code), both(identity.label), code(identity.whole), parts


# --- reports ------------------------------------------------------------------------------------------------------


def report_regimes() -> list[str]:
    """Every report regime with its window, its due date and its outline."""
    from noivu.law.windows import window_label
    from noivu.reports.regimes import regimes

    lines = ["# Report regimes", "`noivu report draft REGIME --unit CODE --period P`.", ""]
    for regime in regimes().values():
        due = f"working day {regime.due.working_days_after} after the last day of the window ({regime.due.mark})"
        lines += [
            f"## {regime.code}",
            both(regime.name),
            "",
            f"* Period: {regime.period_kind}; window `{regime.window.code}`: {both(window_label(regime.window.code))}",
            f"* Due: {due}. {regime.due.note}",
            f"* Paper: {both(regime.paper.kind)}, `{regime.paper.symbol}`",
            "",
            *table(("section", "title", "passages the unit writes", "figures"), map(_section, regime.outline.sections)),
            f"Annex: {both(regime.outline.annex_title)}: " + ", ".join(map(code, regime.outline.annex_figures)),
            "",
        ]
    return lines


def _section(section: Any) -> tuple[str, ...]:
    clauses = [clause for part in section.paragraphs for clause in getattr(part, "clauses", ())]
    figures = sorted({figure for clause in clauses for figure in clause.figures})
    slots = "; ".join(f"`{slot.code}` {both(slot.hint)}" for slot in section.slots)
    return section.number, both(section.title), slots, ", ".join(map(code, figures))


# --- law ----------------------------------------------------------------------------------------------------------


def parameters() -> list[str]:
    """Every dated parameter with its source, deadline rules apart, and the calculators."""
    from noivu.law.calculators import calculators
    from noivu.law.parameter_files import parameter_files

    known = parameter_files().definitions.values()
    lines = [
        "# Legal parameters",
        "`from` is the first day, `to` the first day on which the value no longer holds. Mark: *read* in the source,",
        "from *memory*, or *unverified*. What a unit enters itself (*Tham số pháp luật*) wins and says so.",
        "",
        "## Deadline rules",
        "`noivu deadline --from DATE --rule CODE`; the code is written without `deadline.`.",
        "",
    ]
    for definition in (one for one in known if one.rule):
        lines += _definition(definition, definition.code.removeprefix("deadline."))
    lines += ["## Other parameters", ""]
    for definition in (one for one in known if not one.rule):
        lines += _definition(definition, definition.code)
    lines += ["## Calculators", "`noivu calculate NAME --set key=value … --on DATE`", ""]
    for calculator in calculators:
        facts = ((code(f.key), both(f.label), f.kind, "★" if f.required else "", f.example) for f in calculator.facts)
        lines += [f"### {calculator.name}", both(calculator.label), ""]
        lines += table(("fact", "label", "kind", "", "example"), facts)
    return lines


def _definition(definition: Any, name: str) -> list[str]:
    about = [both(definition.label), both(definition.unit)]
    if definition.rule:
        about.append(_counting(definition.rule))
    if definition.setting:
        about.append("a setting of the office")
    lines = [f"### {name}", "; ".join(about) + ".", ""]
    if definition.note:
        lines += [f"Note: {cell(definition.note)}", ""]
    rows = [
        (_plain(v.value), v.starts_on or "–", v.ends_on or "–", v.instrument, v.article, v.mark, v.note)
        for v in definition.values
    ]
    if not rows:
        return [*lines, "No general value: each office enters its own.", ""]
    return [*lines, *table(("value", "from", "to", "instrument", "article", "mark", "note"), rows)]


def _counting(rule: Any) -> str:
    words = ["counts working days" if rule.counts == "working_days" else "counts days"]
    words += ["the day of the event included"] if rule.count_start else []
    words += ["moved to the next working day when it ends on a day off"] if rule.when_off == "next_working_day" else []
    words += ["back from the event"] if rule.before else []
    return ", ".join(words)


def _plain(value: Any) -> str:
    return ", ".join(f"{key}: {part}" for key, part in value.items()) if isinstance(value, dict) else str(value)


# --- people and the log -------------------------------------------------------------------------------------------


def roles_and_verbs() -> list[str]:
    """Who may do what."""
    from noivu.core.access import ASSIGNED, HELPING, ROLES, verbs

    lines = [
        "# Roles and verbs",
        "A role holds over a unit and all it reaches, from a day to a day. *Also* names further ways: a verb marked "
        f"`{ASSIGNED}` holds for a thing of another register that was given to a unit in reach or to the person by "
        f"account, one marked `{HELPING}` for a thing that such a unit helps with.",
        "",
    ]
    lines += table(("role", "words"), ((code(role), both(words)) for role, words in ROLES.items()))
    rows = (
        (
            code(verb.code),
            both(verb.label),
            *("✓" if role in verb.roles else "" for role in ROLES),
            ", ".join(code(way) for way in sorted(verb.ways)),
        )
        for verb in sorted(verbs, key=lambda one: one.code)
    )
    return [*lines, *table(("verb", "words", *ROLES, "also"), rows)]


def audit_actions() -> list[str]:
    """Every act that the log knows."""
    from noivu.audit.actions import actions

    rows = ((code(one.code), cell(one.wording.vi), cell(one.wording.en)) for one in sorted(actions, key=_by_code))
    return [
        "# Audit actions",
        "Every act that the log knows, as histories word it.",
        "",
        *table(("action", "vi", "en"), rows),
    ]


def _by_code(one: Any) -> str:
    return str(one.code)


PAGES: dict[str, Callable[[], list[str]]] = {
    "commands": commands,
    "import-templates": import_templates,
    "indicators": indicators,
    "report-regimes": report_regimes,
    "parameters": parameters,
    "roles-and-verbs": roles_and_verbs,
    "audit-actions": audit_actions,
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every page of the reference with its text."""
    titles = []
    for name, write in PAGES.items():
        lines = write()
        titles.append(f"* [{lines[0].removeprefix('# ')}]({name}.md)")
        yield FOLDER / f"{name}.md", HEAD + "\n".join(lines).rstrip() + "\n"
    yield FOLDER / "README.md", HEAD + "\n".join(["# Reference", "", *titles]) + "\n"


def main(arguments: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.testing"
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import django
    from django.utils import translation

    django.setup()
    translation.activate("vi")
    written = dict(pages())
    stale = [page for page, text in written.items() if not page.exists() or page.read_text(encoding="utf-8") != text]
    stale += [page for page in FOLDER.glob("*.md") if page not in written]
    if "--check" not in arguments:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for page in stale:
            page.write_text(written[page], encoding="utf-8") if page in written else page.unlink()
    for page in stale:
        print(page.relative_to(ROOT))
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
