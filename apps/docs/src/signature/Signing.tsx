import { useEffect, useState } from 'react';
import { CopyButton, Pre } from '../console/Code.tsx';
import { Choice, Field } from '../console/Field.tsx';
import { compute, problemsOf, type Steps, written } from './compute.ts';
import { type SigningInputs, type VectorName, vectors } from './vectors.ts';
import { words as allWords, type SigningWords } from './words.ts';

interface SigningProps {
  lang: 'en' | 'zh-CN';
  /** The steps of the first example, made while the site was built. */
  initial: Steps;
}

/** Signs what the reader types, and shows every step. */
export function Signing({ lang, initial }: SigningProps) {
  const words = allWords[lang];
  const [vector, setVector] = useState<VectorName>('start');
  const [inputs, setInputs] = useState<SigningInputs>(vectors.start.inputs);
  const [steps, setSteps] = useState<Steps>(initial);
  const [failed, setFailed] = useState(false);
  const problems = problemsOf(inputs, words);
  const isWrong = Object.keys(problems).length > 0;

  useEffect(() => {
    if (isWrong) return;
    // What was typed since is signed by then, or will be.
    let isLate = false;
    compute(inputs).then(
      (signed) => {
        if (!isLate) setSteps(signed);
        setFailed(false);
      },
      () => setFailed(true),
    );
    return () => {
      isLate = true;
    };
  }, [inputs]);

  const change = (news: Partial<SigningInputs>) => setInputs((now) => ({ ...now, ...news }));
  const field = (name: keyof SigningWords['fields'], rows?: number) => (
    <Field
      id={`signing-${name}`}
      label={words.fields[name]}
      value={inputs[name]}
      help={(words.help as { [name: string]: string })[name]}
      problem={problems[name]}
      rows={rows}
      isSecret={name === 'sk'}
      onChange={(value) => change({ [name]: value })}
    />
  );
  const { inputs: example, signature: known } = vectors[vector];
  const isExample = inputs === example;
  return (
    <div className="signing not-content">
      <form noValidate onSubmit={(event) => event.preventDefault()}>
        <div className="card">
          <Field
            id="signing-vector"
            label={words.example}
            value={vector}
            choices={words.examples}
            onChange={(name) => {
              setVector(name as VectorName);
              setInputs(vectors[name as VectorName].inputs);
            }}
          />
        </div>
        <fieldset>
          <legend>{words.request}</legend>
          <div className="line">
            {field('method')}
            {field('url', 4)}
          </div>
          <div className="fields">
            {field('headers', 3)}
            {field('body', 3)}
          </div>
        </fieldset>
        <fieldset>
          <legend>{words.key}</legend>
          <div className="fields">
            {field('ak')}
            {field('sk')}
            <div className="with-button">
              {field('date')}
              <button type="button" onClick={() => change({ date: written(new Date()) })}>
                {words.now}
              </button>
            </div>
          </div>
          <div>
            <Choice
              id="signing-algorithm"
              legend={words.algorithm}
              value={inputs.algorithm}
              options={[
                { value: 'SDK-HMAC-SHA256', label: 'SDK-HMAC-SHA256', help: words.usual },
                { value: 'V11-HMAC-SHA256', label: 'V11-HMAC-SHA256', help: words.derivedKey },
              ]}
              onChange={(algorithm) => change({ algorithm })}
            />
            <p className="help">{words.algorithmHelp}</p>
          </div>
          {inputs.algorithm === 'V11-HMAC-SHA256' && (
            <div className="fields">
              {field('region')}
              {field('service')}
            </div>
          )}
        </fieldset>
      </form>
      <p className={isWrong || failed ? 'verdict problem' : 'verdict'} role="status">
        {failed
          ? words.failed
          : isWrong
            ? words.stale
            : !isExample
              ? words.own
              : steps.signature === known
                ? `✓ ${words.known}`
                : words.differs}
      </p>
      <Shown steps={steps} words={words} isStale={isWrong || failed} />
    </div>
  );
}

/** The steps, each beside a sentence. */
function Shown({ steps, words, isStale }: { steps: Steps; words: SigningWords; isStale: boolean }) {
  const { canonicalRequest, parts, hash, stringToSign, signature, headers, curl } = steps;
  const authorization = `Authorization: ${headers.Authorization}`;
  return (
    <ol className={isStale ? 'signing-steps stale' : 'signing-steps'}>
      <li>
        <Said {...words.steps.canonical} />
        <div className="shown">
          <dl>
            {(Object.keys(parts) as (keyof typeof parts)[]).map((name) => (
              <div key={name}>
                <dt>
                  <strong>{words.parts[name].title}</strong> {words.parts[name].text}
                </dt>
                <dd>
                  <code>{parts[name] || words.empty}</code>
                </dd>
              </div>
            ))}
          </dl>
        </div>
        <Value id="canonical" text={canonicalRequest} words={words} />
      </li>
      {(
        [
          ['hash', hash],
          ['stringToSign', stringToSign],
          ['signature', signature],
          ['header', authorization],
          ['curl', curl],
        ] as const
      ).map(([name, text]) => (
        <li key={name}>
          <Said {...words.steps[name]} />
          <Value id={name} text={text} words={words} />
        </li>
      ))}
    </ol>
  );
}

const Said = ({ title, text }: { title: string; text: string }) => (
  <div className="said">
    <h2>{title}</h2>
    <p>{text}</p>
  </div>
);

const Value = ({ id, text, words }: { id: string; text: string; words: SigningWords }) => (
  <div className="shown">
    <Pre id={`signing-out-${id}`} text={text} />
    <CopyButton text={text} words={words} />
  </div>
);
