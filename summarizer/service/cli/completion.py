"""``mujaz completion SHELL``: the commands, their options and their choices, as the shell wants them told."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

SHELLS = ("bash", "zsh", "fish")

_BASH = """_mujaz() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words=""
  if [ "$COMP_CWORD" -eq 1 ]; then words="{commands}"; else
    case "${{COMP_WORDS[1]}} $previous" in
{choices}
      *) case "${{COMP_WORDS[1]}}" in
{options}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ $current == -* || ${{#COMPREPLY[@]}} -gt 0 ]] || COMPREPLY=($(compgen -f -- "$current"))
}}
complete -o filenames -F _mujaz mujaz"""


def completion(shell: str, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """The script that teaches ``shell`` the ``commands``; zsh reads bash's."""
    if shell == "fish":
        return "\n".join(_fish(commands))
    script = _BASH.format(
        commands=" ".join(commands),
        choices="\n".join(f'      "{name} {flag}") words="{words}" ;;' for name, flag, words in _choices(commands)),
        options="\n".join(
            f'        {name}) words="{" ".join(_flags(parser))}" ;;' for name, parser in commands.items()
        ),
    )
    return script if shell == "bash" else f"autoload -U +X bashcompinit && bashcompinit\n{script}"


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    """The long options of a command."""
    return [flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")]


def _choices(commands: Mapping[str, argparse.ArgumentParser]) -> list[tuple[str, str, str]]:
    """Command, option (the command itself where it takes a word) and what may follow, where that is a short list."""
    return [
        (name, flag, " ".join(map(str, action.choices)))
        for name, parser in commands.items()
        for action in parser._actions
        if action.choices
        for flag in (action.option_strings or [name])
    ]


def _fish(commands: Mapping[str, argparse.ArgumentParser]) -> list[str]:
    lines = [f"complete -c mujaz -n __fish_use_subcommand -a '{' '.join(commands)}'"]
    for name, parser in commands.items():
        seen = f"'__fish_seen_subcommand_from {name}'"
        lines += [f"complete -c mujaz -n {seen} -l {flag.removeprefix('--')}" for flag in _flags(parser)]
    for name, flag, words in _choices(commands):
        option = f"-l {flag.removeprefix('--')} -x " if flag.startswith("--") else ""
        if option or flag == name:
            lines.append(f"complete -c mujaz -n '__fish_seen_subcommand_from {name}' {option}-a '{words}'")
    return lines
