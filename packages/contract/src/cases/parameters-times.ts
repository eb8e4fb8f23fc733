/** Times and latencies: what a window may be, and what it must not. The times are taken from the clock of the run. */
import { DAY, HOUR, MINUTE } from '../clock.ts';
import {
  type Basis,
  basisOfStatus,
  type Operation,
  operationNamed,
  operations,
  type Parameter,
  weaker,
} from '../contract.ts';
import { companions, hourOf, timeFormat } from '../right-values.ts';
import { toMinute, toSecond, type World } from '../world.ts';
import { type Case, requestCase } from './case.ts';
import { LENIENT } from './parameters.ts';

/** The windows of every operation that has one, and its lowest and highest latency. */
export function timeCases(): Case[] {
  return operations.flatMap((operation) => {
    const named = (name: string) => operation.parameters.find((parameter) => parameter.name === name);
    const [start, end] = [named('start_time'), named('end_time')];
    const least = operation.parameters.find(({ name }) => /^min_\w*rtt$/.test(name));
    const most = operation.parameters.find(({ name }) => name === least?.name.replace('min_', 'max_'));
    return [
      ...(start && end ? windowCases(operation, start, end) : []),
      ...(least && most ? orderCases(operation, least.name, most.name) : []),
    ];
  });
}

type Query = Record<string, string>;

function windowCases(operation: Operation, start: Parameter, end: Parameter): Case[] {
  const write = timeFormat(start) ?? toSecond;
  const window = (from: number, to: number): Query => ({ start_time: write(from), end_time: write(to) });
  const refused = (title: string, query: (world: World) => Query, basis = reading(title)) =>
    requestCase({
      operation,
      statuses: [400],
      title: `refuses ${title}`,
      basis: weaker(basisOfStatus(operation, 400), basis),
      // A mock knows what a time looks like, and not when it is.
      needs: ['stateful'],
      request: ({ world }) => ({ operation, query: query(world) }),
    });
  return [
    requestCase({
      operation,
      statuses: [200],
      title: 'accepts a window of almost 30 days that ends a minute ago',
      basis: weaker(basisOfStatus(operation, 200), reading('Times within the last 30 days are right.')),
      request: async ({ world }) => ({
        operation,
        query: window(world.hour - 30 * DAY + 2 * HOUR, (await nowOf(world)) - MINUTE),
      }),
    }),
    ...aloneCases(operation, start, end),
    ...[start, end].map((time) => formatCase(operation, time)),
    refused('a start_time of 31 days ago, for it must lie within the last 30 days', ({ hour }) =>
      window(hour - 31 * DAY, hour - HOUR),
    ),
    refused('an end_time of 31 days ago, for it must lie within the last 30 days', ({ hour }) =>
      window(hour - 32 * DAY, hour - 31 * DAY),
    ),
    refused('an end_time of tomorrow, which does not lie within the last 30 days', ({ hour }) =>
      window(hour - HOUR, hour + DAY),
    ),
    refused('a start_time after its end_time', ({ hour }) => window(hour - HOUR, hour - 2 * HOUR)),
    refused('a start_time on a day that does not exist', ({ hour }) => ({
      start_time: noSuchDay(hour, write),
      end_time: write(hour - HOUR),
    })),
    requestCase({
      operation,
      statuses: [200, 400],
      title: 'takes or refuses a start_time that is its end_time, and answers by the contract',
      basis: LENIENT,
      request: ({ world: { hour } }) => ({ operation, query: window(hour - HOUR, hour - HOUR) }),
    }),
  ];
}

/** The time as the server has it, whose clock may be a little slow: what is past for us alone is in the future there. */
async function nowOf({ ask, clock }: World): Promise<number> {
  const list = operationNamed('listExportTasks');
  // Where the list is not answered, other cases tell.
  const exchange = await ask({ operation: list, query: { limit: '1' } }).catch(() => undefined);
  const date = Date.parse(exchange?.answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? clock.now() : Math.min(date, clock.now());
}

/** The list of records needs both bounds or neither, as its page says; the export takes each alone. */
function aloneCases(operation: Operation, start: Parameter, end: Parameter): Case[] {
  return [start, end].map((time) => {
    const other = time === start ? end : start;
    const query = (world: World) => ({ [time.name]: hourOf(operation, world)[time.name] ?? '' });
    if (operation.id !== 'listConnectionRecords') {
      return requestCase({
        operation,
        statuses: [200],
        title: `accepts ${time.name} without ${other.name}`,
        basis: weaker(basisOfStatus(operation, 200), { kind: 'documented', why: time.source }),
        request: ({ world }) => ({ operation, query: query(world) }),
      });
    }
    return requestCase({
      operation,
      statuses: [400],
      title: `refuses ${time.name} without ${other.name}, which must be given with it`,
      basis: weaker(basisOfStatus(operation, 400), { kind: 'documented', why: time.source }),
      needs: ['stateful'],
      request: ({ world }) => ({ operation, query: query(world) }),
    });
  });
}

/** Times that are right but for how they are written. */
function formatCase(operation: Operation, time: Parameter): Case {
  const write = timeFormat(time) ?? toSecond;
  const other = write === toSecond ? toMinute : toSecond;
  const right = write === toSecond ? 'to the second' : 'to the minute';
  const zoneless = (text: string) => text.replace('Z', '');
  const wrong: [string, (text: string, moment: number) => string][] = [
    [other === toSecond ? 'to the second' : 'to the minute', (_, moment) => other(moment)],
    ['with an offset instead of Z', (text) => `${zoneless(text)}+00:00`],
    ['without a zone', zoneless],
    ['with a blank instead of T', (text) => text.replace('T', ' ')],
    ['as a date alone', (text) => text.slice(0, 10)],
    ['in milliseconds since 1970', (_, moment) => String(moment)],
    ['with something behind it', (text) => `${text}x`],
  ];
  const basis = weaker(
    basisOfStatus(operation, 400),
    reading(String(time.schema['x-basis-reason'] ?? 'a time in another format')),
  );
  return {
    operation,
    status: 400,
    title: `refuses ${article(time.name)} that is not ${right}, in UTC and with Z`,
    basis,
    run: async (trial) => {
      const { world } = trial;
      const text = hourOf(operation, world)[time.name] ?? '';
      for (const [how, change] of wrong) {
        const value = change(text, Date.parse(text));
        const query = { ...companions(operation, time.name, world), [time.name]: value };
        const rule = `${time.name} is written as ${text}, and not ${how}.`;
        await trial.ask({ operation, query }, [400], basis, rule);
      }
    },
  };
}

function orderCases(operation: Operation, least: string, most: string): Case[] {
  const times = (world: World) => (operation.changes ? hourOf(operation, world) : {});
  return [
    requestCase({
      operation,
      statuses: [200],
      title: `accepts ${least} that is its ${most}`,
      basis: basisOfStatus(operation, 200),
      request: ({ world }) => ({ operation, query: { ...times(world), [least]: '300', [most]: '300' } }),
    }),
    requestCase({
      operation,
      statuses: [400],
      title: `refuses ${least}=301 with ${most}=300, which no latency satisfies`,
      basis: weaker(basisOfStatus(operation, 400), reading('a minimum above its maximum')),
      needs: ['stateful'],
      request: ({ world }) => ({ operation, query: { ...times(world), [least]: '301', [most]: '300' } }),
    }),
  ];
}

function reading(why: string): Basis {
  return {
    kind: 'inferred',
    why: `${why} (the vendor does not say what a server answers; this is the project's reading).`,
  };
}

/** The day after the last of the month before, under the number that it would have there: a careless reader takes it for the first of this one. */
function noSuchDay(now: number, write: (time: number) => string): string {
  const date = new Date(now);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0));
  const text = write(last.getTime());
  return `${text.slice(0, 8)}${last.getUTCDate() + 1}${text.slice(10)}`;
}

function article(name: string): string {
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}
