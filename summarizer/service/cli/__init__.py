"""The command ``mujaz``: one module a subcommand."""
