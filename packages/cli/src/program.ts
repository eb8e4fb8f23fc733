import { createRequire } from 'node:module';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addCompletion } from './completion.ts';
import type { Context } from './context.ts';
import { formats } from './convert.ts';
import { example, examples, programHelp, timesHelp } from './help.ts';
import { durationOf } from './times.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** The command line. What a command does is loaded when it is called. */
export function createProgram(context: Context): Command {
  const { stdout, stderr } = context;
  const program = new Command('connection-records')
    .description('Exports and lists the connection records of Huawei Cloud Workspace.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showHelpAfterError('Add --help for options and examples.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(asOurs(text)),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
    })
    .addHelpText('after', programHelp);

  addExport(program, context);
  addTasks(program, context);
  addRecords(program, context);
  output(program.command('configure'))
    .description('Ask for the key, the project and the region, and write them to the profile file.')
    .addHelpText('after', examples.configure)
    .action(async (options) => (await import('./configure.ts')).configure(options, context));
  output(service(program.command('doctor')))
    .description('Check settings, credentials, network, clock and permissions, and say what to do.')
    .addHelpText('after', examples.doctor)
    .action(async (options) => (await import('./doctor.ts')).doctor(options, context));
  addCompletion(program, context)?.addHelpText('after', examples.completion);
  return program;
}

function addExport(program: Command, context: Context): void {
  const command = filters(program.command('export'))
    .description('Export connection records: start, wait, download, check, and put the file into place.')
    .option('--domain <name>', 'of users of this domain');
  destination(command)
    .addOption(
      new Option('--language <code>', 'language of the file, English unless given').choices([
        'zh_CN',
        'en_US',
      ]),
    )
    .optionsGroup('The export:')
    .option('--resume <task>', 'pick up an earlier export in place of a new one', readTask)
    .option('--timeout <duration>', 'how long to wait for the export, 30m unless given', readDuration);
  output(service(command))
    .addHelpText('after', timesHelp + examples.export)
    .action(async (options) => (await import('./export.ts')).exportRecords(options, context));
}

function addTasks(program: Command, context: Context): void {
  const tasks = program
    .command('tasks')
    .description('List, download and delete export tasks.')
    .helpCommand(false)
    .addHelpText('after', examples.tasks);
  const list = tasks
    .command('list')
    .addOption(
      new Option('--status <status>', 'only those that stand so').choices([
        'CREATING',
        'SUCCESS',
        'FAIL',
        'EXPIRED',
      ]),
    )
    .option('--limit <number>', 'how many', readWhole(1, 1_000_000), 20);
  output(service(list))
    .description('List export tasks, the newest first.')
    .addHelpText('after', examples.tasksList)
    .action(async (options) => (await import('./tasks.ts')).listTasks(options, context));
  output(service(destination(tasks.command('download'))))
    .description('Download the file of a task that is done.')
    .argument('<task>', 'id of the task', readTask)
    .addHelpText('after', examples.download)
    .action(async (id, options) => (await import('./tasks.ts')).downloadTask(id, options, context));
  output(service(tasks.command('delete')))
    .description('Delete tasks and their files.')
    .argument('<task...>', 'ids of tasks', (id, ids: string[] = []) => [...ids, readTask(id)])
    .addHelpText('after', examples.delete)
    .action(async (ids, options) => (await import('./tasks.ts')).deleteTasks(ids, options, context));
}

function addRecords(program: Command, context: Context): void {
  const records = program
    .command('records')
    .description('Look at connection records without an export.')
    .helpCommand(false)
    .addHelpText('after', examples.records);
  const list = filters(records.command('list')).option(
    '--limit <number>',
    'how many',
    readWhole(1, 1_000_000),
    20,
  );
  output(service(list))
    .description('List connection records.')
    .addHelpText('after', timesHelp + examples.recordsList)
    .action(async (options) => (await import('./records.ts')).listRecords(options, context));
}

/** What records may be narrowed by. */
const filters = (command: Command) =>
  command
    .optionsGroup('Which records:')
    .option('--from <time>', 'of connections that started then or later, 30d unless given')
    .option('--to <time>', 'of connections that started before, now unless given')
    .option('--user <name>', 'of this user')
    .option('--computer <name>', 'of this desktop')
    .option('--terminal <text>', 'from terminals with this in the name of their system')
    .option('--public-ip <address>', 'from behind this address')
    .option('--enterprise-project <id>', 'of this enterprise project')
    .option('--min-rtt <ms>', 'with this latency or more', readWhole(0, 10_000))
    .option('--max-rtt <ms>', 'with this latency or less', readWhole(0, 10_000));

const destination = (command: Command) =>
  command
    .optionsGroup('The file:')
    .option('-o, --out <path>', 'file or folder to write to, or - for standard output')
    .addOption(
      new Option('--format <format>', 'convert to this; left out, what the name in --out says').choices(
        formats,
      ),
    );

const service = (command: Command) =>
  command
    .optionsGroup('The service:')
    .option('--region <id>', 'region of the desktops, such as cn-north-4')
    .option('--base-url <url>', 'another server of this API, in place of a region')
    .option('--project-id <id>', 'project of the desktops');

const output = (command: Command) =>
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON object, and nothing else, on standard output')
    .option('-q, --quiet', 'print nothing but errors');

const readWhole = (from: number, to: number) => (text: string) => {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return number;
  throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`);
};

function readDuration(text: string): number {
  const ms = durationOf(text);
  if (ms !== undefined) return ms;
  throw new InvalidArgumentError('Give a duration, such as 90s, 30m or 2h.');
}

function readTask(text: string): string {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError(
    `Give the id of a task, such as ${example}; connection-records tasks list has them.`,
  );
}

/**
 * An error of the command line in the words of this command. An option that is not known may hold a secret, as in `--sk=…`, which nobody
 * needs to see again.
 */
function asOurs(text: string): string {
  const shown = text
    .replace(/^error: /, 'connection-records: ')
    .replace(/(unknown option '[^'=]*)=[^']*'/, "$1=…'");
  const isSecret = /unknown option '-*[\w-]*(ak|sk|key|secret|token|password)\b/i.test(shown);
  return isSecret
    ? `${shown}Secrets come from the environment, the profile file or a prompt, never from arguments.\n`
    : shown;
}
