import { useEffect } from 'react';
import { Failure } from './Failure.tsx';
import type { ColumnNames } from './model.ts';
import { Result } from './Result.tsx';
import { type Run, useRun } from './run.ts';
import { Steps } from './Steps.tsx';
import type { Lang, Words } from './words.ts';

interface JobProps {
  run: Run;
  columnNames: ColumnNames;
  words: Words;
  lang: Lang;
  onEnd: () => void;
}

/** An export under way, or at its end. */
export function Job({ run, columnNames, onEnd, ...said }: JobProps) {
  const progress = useRun(run);
  const { error, file, isDone, isStopped } = progress;
  const hasEnded = isDone || error !== undefined;
  useEffect(() => {
    if (hasEnded) onEnd();
  }, [hasEnded]);
  return (
    <>
      <Steps progress={progress} {...said}>
        {error && (
          <Failure
            error={error}
            address={run.client.baseUrl}
            isSent={progress.entries.length > 0}
            isStopped={isStopped}
            words={said.words}
          />
        )}
      </Steps>
      {file.data && <Result loaded={file.data} columnNames={columnNames} {...said} />}
    </>
  );
}
