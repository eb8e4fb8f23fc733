import { script } from '@bomb.sh/tab';
import addTab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import type { Context } from './context.ts';

/**
 * Adds `completion`, which prints the script of a shell, and the hidden `complete`, which those scripts ask. To be called when all other
 * commands are there.
 */
export function addCompletion(program: Command, { stdout }: Context): Command | undefined {
  const name = program.name();
  addTab(program, { completionCommandName: 'completion' });
  return program.commands
    .find((command) => command.name() === 'completion')
    ?.description('Print the completion script of a shell.')
    .action((shell: string) => {
      if (shell === 'bash') stdout.write(bash(name));
      else script(shell, name, name);
    });
}

/** The library's own script needs bash-completion, and complains when it is sourced twice. */
const bash = (name: string) => `_${name.replaceAll('-', '_')}() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    if [[ $word != :* && $word == "\${COMP_WORDS[COMP_CWORD]}"* ]]; then COMPREPLY+=("$word"); fi
  done < <(${name} complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _${name.replaceAll('-', '_')} ${name}
`;
