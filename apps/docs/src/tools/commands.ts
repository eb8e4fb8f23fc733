// The commands of the command line and their options, as the program itself has them.
interface Option {
  flags: string;
  description: string;
  helpGroupHeading?: string;
  argChoices?: string[];
}
interface Command {
  name(): string;
  description(): string;
  readonly commands: readonly Command[];
  readonly options: readonly Option[];
}

const dist = new URL('./dist/program.js', import.meta.resolve('@connection-records/cli/package.json')).href;
const { createProgram } = (await import(/* @vite-ignore */ dist)) as {
  createProgram(context: object): Command;
};
const nowhere = { write: () => true };
const program = createProgram({ stdout: nowhere, stderr: nowhere, env: {} });

/** The options of a command by the group they are in, `export` or `tasks list` for example. @throws if there is no such command */
export function optionsOf(path: string): Map<string, Option[]> {
  const command = path
    .split(' ')
    .reduce<Command | undefined>(
      (parent, name) => parent?.commands.find((child) => child.name() === name),
      program,
    );
  if (!command) throw new Error(`connection-records has no command ${path}.`);
  const groups = new Map<string, Option[]>();
  for (const option of command.options) {
    const { helpGroupHeading: group = 'Options:' } = option;
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  return groups;
}
