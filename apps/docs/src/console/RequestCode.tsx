import { useState } from 'react';
import { curl, type SampleRequest, typescript } from '../samples/index.ts';
import { CopyButton, Pre } from './Code.tsx';
import { type Inputs, requestOf } from './inputs.ts';
import type { Field } from './model.ts';
import type { Words } from './words.ts';

const languages = { curl, TypeScript: typescript };
type Language = keyof typeof languages;

interface RequestCodeProps {
  inputs: Inputs;
  fields: Field[];
  address: string;
  words: Words;
}

/** The request as code, which changes while one types. Credentials are not in it: it takes them from the environment. */
export function RequestCode({ inputs, fields, address, words }: RequestCodeProps) {
  const [language, setLanguage] = useState<Language>('curl');
  const request: SampleRequest = {
    operationId: 'exportConnectionRecords',
    baseUrl: address,
    parameters: {
      project_id: inputs.values.project_id,
      ...(requestOf(fields, inputs) as Record<string, string | number>),
    },
    credentials: inputs.credentials,
  };
  const text = URL.canParse(address) ? languages[language](request) : words.problems.address(address);
  return (
    <section className={`request ${language}`} aria-labelledby="console-request">
      <div className="bar">
        <h2 id="console-request">{words.request}</h2>
        <div className="tabs">
          {(Object.keys(languages) as Language[]).map((name) => (
            <button
              type="button"
              key={name}
              aria-pressed={name === language}
              onClick={() => setLanguage(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <CopyButton text={text} words={words} />
      </div>
      <Pre text={text} />
    </section>
  );
}
