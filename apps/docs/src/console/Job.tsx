import { useEffect } from 'react';
import { Failure } from './Failure.tsx';
import { Result } from './Result.tsx';
import { type Run, useRun } from './run.ts';
import { Steps } from './Steps.tsx';
import type { Lang, Words } from './words.ts';

/** An export under way, or at its end. */
export function Job({ run, onEnd, ...said }: { run: Run; words: Words; lang: Lang; onEnd: () => void }) {
  const progress = useRun(run);
  const { error, file, isDone, isStopped } = progress;
  const hasEnded = isDone || error !== undefined;
  useEffect(() => {
    if (hasEnded) onEnd();
  }, [hasEnded]);
  return (
    <>
      <Steps progress={progress} {...said}>
        {error && <Failure error={error} address={run.client.baseUrl} isStopped={isStopped} {...said} />}
      </Steps>
      {file.data && <Result loaded={file.data} {...said} />}
    </>
  );
}
