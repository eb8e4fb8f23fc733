import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { NobodyError } from './explain.ts';
import { Failure } from './Failure.tsx';
import { Filters, Scenario } from './Filters.tsx';
import {
  addressOf,
  type InputName,
  type Inputs,
  type Place,
  type Problems,
  problemsOf,
  requestOf,
  type Sandbox,
  sandboxInputs,
} from './inputs.ts';
import { Job } from './Job.tsx';
import type { ColumnNames, Field } from './model.ts';
import { RequestCode } from './RequestCode.tsx';
import { answers, createRun, type Run } from './run.ts';
import { Steps } from './Steps.tsx';
import { type Probe, Target } from './Target.tsx';
import { words as allWords, type Lang } from './words.ts';

interface ConsoleProps {
  lang: Lang;
  fields: Field[];
  columnNames: ColumnNames;
  /** The addresses to begin with. */
  sandbox: Sandbox;
  /** Where the server of this site says what its sandbox's addresses are. */
  sandboxUrl: string;
}

/** A form that runs a real export, and shows each step of it. */
export function Console({ lang, fields, columnNames, sandbox: initial, sandboxUrl }: ConsoleProps) {
  const words = allWords[lang];
  const [inputs, setInputs] = useState<Inputs>(() => sandboxInputs(fields));
  const [sandbox, setSandbox] = useState(initial);
  const [isReady, setReady] = useState(false);
  const [probe, setProbe] = useState<Probe>('none');
  const [touched, setTouched] = useState<{ [name in InputName | 'all']?: true }>({});
  const [run, setRun] = useState<Run>();
  const [isRunning, setRunning] = useState(false);
  const [early, setEarly] = useState<{ error: unknown; address: string }>();
  const root = useRef<HTMLDivElement>(null);
  const primary = useRef<HTMLButtonElement>(null);
  const found = useRef<Promise<Place>>(undefined);

  const address = addressOf(inputs, sandbox);
  const problems = problemsOf(fields, inputs, isReady ? Date.now() : 0, words);
  const count = Object.keys(problems).length;

  /** Asks the server, then the mock, and goes to the first that answers. */
  const findPlace = async (places: Sandbox): Promise<Place> => {
    setProbe('asking');
    for (const place of ['server', 'mock'] as const) {
      if (!(await answers({ ...inputs, place }, places))) continue;
      setProbe(place);
      setInputs((now) => (now.place === 'server' ? { ...now, place } : now));
      return place;
    }
    setProbe('nobody');
    return 'server';
  };
  /** Looks for a place once, when the form is first used: who only reads need not be asked whether a page may call this machine. */
  const search = () => {
    found.current ??= findPlace(sandbox);
    return found.current;
  };

  useEffect(() => {
    fetch(sandboxUrl)
      .then((response) => response.json() as Promise<Partial<Sandbox>>)
      .catch(() => ({}))
      .then((given) => {
        setSandbox({ ...initial, ...given });
        setReady(true);
      });
  }, []);

  const start = async (anyway: boolean) => {
    setTouched({ all: true });
    if (count > 0 && !anyway) {
      setTimeout(() => {
        const wrong = root.current?.querySelectorAll<HTMLElement>('[aria-invalid=true]') ?? [];
        for (const input of wrong) input.closest('details')?.setAttribute('open', '');
        wrong[0]?.focus();
      });
      return;
    }
    setRun(undefined);
    setEarly(undefined);
    setRunning(true);
    try {
      const chosen = inputs.place === 'server' ? { ...inputs, place: await search() } : inputs;
      if (!(await answers(chosen, sandbox))) throw new NobodyError();
      setRun(createRun(chosen, sandbox, requestOf(fields, inputs), words));
    } catch (error) {
      setEarly({ error, address });
      setRunning(false);
    }
  };

  const visible: Problems = Object.fromEntries(
    Object.entries(problems).filter(([name]) => touched.all || touched[name as InputName]),
  );
  const form = {
    fields,
    inputs,
    words,
    problems: visible,
    change(news: Partial<Inputs>) {
      // A place that is chosen by hand stays.
      if (news.place) found.current = undefined;
      setInputs((now) => ({ ...now, ...news }));
    },
    touch(name: InputName) {
      // Not at once: what moves away while it is clicked is missed.
      setTimeout(() => setTouched((now) => ({ ...now, [name]: true })), 200);
    },
  };
  return (
    <div className="console not-content" ref={root}>
      <form
        noValidate
        onInput={isReady ? search : undefined}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRunning) void start(false);
        }}
      >
        <div className="asking">
          <Target
            {...form}
            sandbox={sandbox}
            probe={probe}
            onAskAgain={() => {
              found.current = undefined;
              setInputs((now) => ({ ...now, place: 'server' }));
              search();
            }}
          />
          <Filters {...form} />
        </div>
        <div className="answering">
          <RequestCode inputs={inputs} fields={fields} address={address} words={words} />
          <Scenario {...form} />
          <div className="actions">
            {/* Not disabled while it runs, which would take the focus from whoever has just pressed it. */}
            <button
              type="submit"
              className="primary"
              disabled={!isReady}
              aria-disabled={isRunning}
              ref={primary}
            >
              {isRunning ? words.running : run || early ? words.again : words.run}
            </button>
            {isRunning && run && (
              <button
                type="button"
                onClick={() => {
                  run.stop.abort();
                  // This button goes, and its focus has to go somewhere.
                  primary.current?.focus();
                }}
              >
                {words.cancel}
              </button>
            )}
          </div>
          {touched.all && count > 0 && !isRunning && (
            <p className="problem" role="alert">
              {words.found(count)}{' '}
              <button type="button" className="link" onClick={() => void start(true)}>
                {words.sendAnyway}
              </button>{' '}
              {words.sendAnywayHelp}
            </p>
          )}
          {early && <Failure {...early} words={words} />}
        </div>
      </form>
      {run ? (
        <QueryClientProvider client={run.queries} key={run.id}>
          <Job
            run={run}
            columnNames={columnNames}
            words={words}
            lang={lang}
            onEnd={() => setRunning(false)}
          />
        </QueryClientProvider>
      ) : (
        <Steps words={words} lang={lang} />
      )}
    </div>
  );
}
