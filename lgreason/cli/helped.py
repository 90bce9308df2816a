"""Help pages in the language asked for: click has its own words only in English, so the message files say them."""

from __future__ import annotations

import click

from lgreason.cli.language import help_text


class Helped(click.Command):
    """A command whose help page speaks the user's language throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how to call the command."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", help_text("options_piece"))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{help_text('usage')} ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = help_text("help")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, one a line."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section(help_text("options")):
            formatter.write_dl(records)


class HelpedGroup(Helped, click.Group):
    """A group of commands whose help page speaks the user's language throughout."""

    command_class = Helped

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        Helped.format_options(self, ctx, formatter)
        with formatter.section(help_text("commands")):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Every command with what it does in a line."""
        names = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, command.get_short_help_str(200)) for name, command in names if command is not None]
