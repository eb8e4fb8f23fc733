import { Choice, Field } from './Field.tsx';
import type { InputName, Inputs, Place, Problems, Sandbox } from './inputs.ts';
import type { Field as FieldModel } from './model.ts';
import type { Words } from './words.ts';

/** Who was found to answer: nobody has been asked yet, is being asked, or there is nobody. */
export type Probe = 'none' | 'asking' | 'server' | 'mock' | 'nobody';

/** What every part of the form is given. */
export interface FormProps {
  fields: FieldModel[];
  inputs: Inputs;
  words: Words;
  problems: Problems;
  change: (news: Partial<Inputs>) => void;
  touch: (name: InputName) => void;
}

interface TargetProps extends FormProps {
  sandbox: Sandbox;
  probe: Probe;
  onAskAgain: () => void;
}

/** Where requests go, and who sends them. */
export function Target(props: TargetProps) {
  const { inputs, words, problems, change, touch, sandbox, probe, onAskAgain } = props;
  const option = (value: Place) => ({
    value,
    label: words.places[value],
    help: words.placesHelp[value],
    detail: value === 'other' ? undefined : sandbox[value].replace(/^https?:\/\//, ''),
  });
  /** An input for a text of the form itself. */
  const text = (name: 'address' | 'token' | 'ak' | 'sk' | 'securityToken', label: string, help?: string) => (
    <Field
      id={`console-${name}`}
      label={label}
      help={help}
      value={inputs[name]}
      problem={problems[name]}
      isSecret={name !== 'address' && name !== 'ak'}
      onChange={(value) => change({ [name]: value })}
      onBlur={() => touch(name)}
    />
  );
  // Who was found says nothing about a place that was chosen by hand.
  const isTold = inputs.place === probe || (inputs.place === 'server' && probe !== 'mock');
  return (
    <>
      <fieldset>
        <legend>{words.where}</legend>
        <Choice
          id="console-place"
          legend={words.where}
          value={inputs.place}
          options={[option('server'), option('mock'), option('other')]}
          onChange={(place) => change({ place, scenario: 'none' })}
        />
        {inputs.place === 'other' && text('address', words.address, words.addressHelp)}
        {isTold && <ProbeLine probe={probe} sandbox={sandbox} words={words} onAskAgain={onAskAgain} />}
      </fieldset>
      <fieldset>
        <legend>{words.who}</legend>
        <Choice
          id="console-credentials"
          legend={words.who}
          value={inputs.credentials}
          options={[
            { value: 'token', label: words.token },
            { value: 'signature', label: words.key },
          ]}
          onChange={(credentials) => change({ credentials })}
        />
        {inputs.credentials === 'token' ? (
          text('token', words.token, inputs.place === 'other' ? undefined : words.tokenHelp)
        ) : (
          <>
            {text('ak', words.key)}
            {text('sk', words.secretKey, words.secretKeyHelp)}
            {text('securityToken', words.securityToken, words.securityTokenHelp)}
          </>
        )}
        <p className="help">{words.memory}</p>
      </fieldset>
    </>
  );
}

function ProbeLine({
  probe,
  sandbox: { server, mock },
  words,
  onAskAgain,
}: Pick<TargetProps, 'probe' | 'sandbox' | 'words' | 'onAskAgain'>) {
  const said = {
    none: '',
    asking: words.probing(server),
    server: words.answers(server),
    mock: words.fellBack(server, mock),
    nobody: words.nobody(server, mock),
  }[probe];
  return (
    <p className={`probe ${probe}`} role="status">
      {said}{' '}
      {(probe === 'mock' || probe === 'nobody') && (
        <button type="button" className="link" onClick={onAskAgain}>
          {words.askAgain}
        </button>
      )}
    </p>
  );
}
