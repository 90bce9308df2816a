"""An organisation's structures on paper: a chart of one of them, and a workbook of all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lgreason.answers.persons import Reply
from lgreason.files.organisation.organisation import Organisation
from lgreason.repl.asked import Ask, Question
from lgreason.repl.asking_organisations import AskingOrganisations
from lgreason.repl.commands import Commands
from lgreason.repl.memory import Memory
from lgreason.report.line import Line
from lgreason.rules.findings import Finding, Unusable


class Drawing:
    """Draws and exports what a conversation has come to."""

    def __init__(self, memory: Memory, asking: AskingOrganisations, commands: Commands) -> None:
        """Take what the conversation remembers, what answers for organisations, and what writes files."""
        self._memory = memory
        self._asking = asking
        self._commands = commands
        self.answers: Mapping[Ask, Callable[[Question], Reply]] = {"draw": self._draw, "export": self._export}

    def _draw(self, question: Question) -> Reply:
        """A chart: of the structure of that number in the list shown last, of the plan, or of today."""
        organisation = self._memory.organisation_meant(question)
        svg = self._chart(question, organisation)
        file = self._commands.write(question, svg.encode(), (".svg",))
        return self._written("drawn", organisation, file)

    def _chart(self, question: Question, organisation: Organisation) -> str:
        from lgreason.answers.drawing import drawn

        session = self._memory.session
        if question.which == "planned" and organisation.plan is None:
            raise Unusable((Finding("org_no_plan", organisation.place),))
        if question.which in ("planned", "current"):
            plan = organisation.plan if question.which == "planned" else None
            return drawn(session, organisation, plan, self._memory.organisations.costs)
        number = 1 if question.option is None else question.option
        answer = self._asking.structures(
            session, organisation, self._memory.organisations.listed, max(1, number)
        )
        if not 1 <= number <= (most := len(answer.found.options)):
            raise Unusable((Finding("no_such_option", args={"n": number, "most": most}),))
        return answer.svg(number)

    def _export(self, question: Question) -> Reply:
        organisation = self._memory.organisation_meant(question)
        listed = self._memory.organisations.listed
        workbook = self._asking.structures(self._memory.session, organisation, listed).xlsx()
        file = self._commands.write(question, workbook, (".xlsx",))
        return self._written("exported", organisation, file)

    def _written(self, key: str, organisation: Organisation, file: str) -> Reply:
        words = self._memory.session.wording.say(f"repl.{key}", name=organisation.name, file=file)
        document = {"schema": "lgreason.saved/1", "organisation": organisation.id, "file": file}
        return Reply((Line(words),), document)
