import {
  ApiError,
  type DownloadProgress,
  type ExportProgress,
  type RetryEvent,
} from '@connection-records/client';
import type { Context } from './context.ts';
import { whyUnreachable } from './explain.ts';
import { countOf, durationInWords, sizeInWords } from './words.ts';

/** Tells how a job is coming along, on standard error: a live line in a terminal, plain lines elsewhere, nothing if quiet. */
export interface Progress {
  /** A line that stays. */
  say(text: string): void;
  /** What the service is about to be asked again for. */
  retry(event: RetryEvent): void;
  poll(progress: ExportProgress): void;
  download(progress: DownloadProgress): void;
  /** Something else that takes its time. */
  step(text: string): void;
  stop(): void;
}

export async function startProgress({ stderr, clock }: Context, quiet = false): Promise<Progress> {
  const { now } = clock;
  if (quiet) return describe({ say: () => {}, now: () => {}, stop: () => {} }, now);
  if (!stderr.isTTY)
    return describe(
      plainLines((line) => stderr.write(`${line}\n`), now),
      now,
    );
  const { default: ora } = await import('ora');
  const stream = stderr as NodeJS.WriteStream;
  // It is a terminal, whatever else ora makes of the variable CI. Standard input is the shell's: ora would take Ctrl-C from it.
  const spinner = ora({ stream, isEnabled: true, discardStdin: false });
  let ticking: NodeJS.Timeout | undefined;
  const lines: Lines = {
    say: (text) => {
      spinner.clear();
      stderr.write(`${text}\n`);
    },
    now: (text) => {
      spinner.text = text();
      if (!spinner.isSpinning) spinner.start();
      clearInterval(ticking);
      // The time goes on between two polls.
      ticking = setInterval(() => {
        spinner.text = text();
      }, 1000);
    },
    stop: () => {
      clearInterval(ticking);
      spinner.stop();
    },
  };
  return describe(lines, now);
}

/** Where lines go: some stay, the last other one tells how things are now. A text that changes with the time is asked for again. */
interface Lines {
  say(text: string): void;
  now(text: () => string, kind: string): void;
  stop(): void;
}

/** A line when something has changed, and otherwise every ten seconds at most. */
function plainLines(write: (line: string) => void, now: () => number): Lines {
  let last = '';
  let at = 0;
  return {
    say: write,
    now: (text, kind) => {
      if (kind === last && now() < at + 10_000) return;
      last = kind;
      at = now();
      write(text());
    },
    stop: () => {},
  };
}

function describe(lines: Lines, now: () => number): Progress {
  return {
    say: lines.say,
    stop: lines.stop,
    step: (text) => lines.now(() => text, text),
    retry: (event) => lines.say(retryInWords(event)),
    poll: ({ task, problem, polls, elapsedMs }) => {
      const told = now();
      const state = task?.status ?? (problem ? `no answer (${problemInWords(problem)})` : 'not listed yet');
      lines.now(
        () => `${state}, ${durationInWords(elapsedMs + now() - told)}, asked ${countOf(polls, 'time')}`,
        state,
      );
    },
    download: ({ received, size, bytesPerSecond, elapsedMs }) => {
      const all = size === undefined ? '' : ` of ${sizeInWords(size)} (${percent(received, size)} %)`;
      const isEnd = received === size;
      lines.now(
        () =>
          `Downloading: ${sizeInWords(received)}${all}, ${sizeInWords(bytesPerSecond)}/s, ${durationInWords(elapsedMs)}`,
        isEnd ? 'downloaded' : 'downloading',
      );
    },
  };
}

/** What is done about what failed. */
function retryInWords({ action, problem, pauseMs, taskId }: RetryEvent): string {
  const why = problemInWords(problem);
  // What is done at once is soon enough to be called a second.
  const pause = durationInWords(Math.max(1000, pauseMs));
  return {
    repeat: `No answer (${why}). Asking again in ${pause}.`,
    continue: `The download broke off. Going on with it in ${pause}.`,
    renew: 'The token is outdated. Getting a new one.',
    clock: 'The clock of this machine is wrong. Going by that of the service.',
    look: `The answer to the start was lost (${why}). Looking for its task in ${pause}.`,
    adopt: `There it is: export ${taskId}.`,
    start: 'There is none. Starting it again.',
  }[action];
}

const problemInWords = (problem: unknown) =>
  problem instanceof ApiError
    ? `${problem.status} ${problem.code}`
    : (whyUnreachable(problem) ?? (problem instanceof Error ? problem.message : String(problem)));

const percent = (part: number, whole: number) => (whole === 0 ? 100 : Math.floor((part / whole) * 100));
