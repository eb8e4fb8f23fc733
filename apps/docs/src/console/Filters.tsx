import { useState } from 'react';
import { Choice, Field } from './Field.tsx';
import type { Field as FieldModel, FieldName } from './model.ts';
import { scenarios, scenariosOf } from './scenarios.ts';
import type { FormProps } from './Target.tsx';

/** The filters that are always there; the others are folded. */
const first: FieldName[] = ['project_id', 'start_time', 'end_time', 'user_name', 'language'];
const day = 86_400_000;

/** Which records to export. */
export function Filters({ fields, inputs, words, problems, change, touch }: FormProps) {
  const { values } = inputs;
  const [isOpen, setOpen] = useState(false);
  const [window, setWindow] = useState<'day' | 'week' | 'all' | 'own'>('all');
  const set = (news: Partial<typeof values>) => change({ values: { ...values, ...news } });
  const others = fields.filter(({ name }) => !first.includes(name));
  const given = others.filter(({ name }) => values[name] !== '').length;

  const chooseWindow = (chosen: typeof window) => {
    setWindow(chosen);
    const since = new Date(Date.now() - (chosen === 'day' ? day : 7 * day));
    set({ start_time: chosen === 'all' ? '' : since.toISOString().replace(/\.\d+/, ''), end_time: '' });
  };
  const input = (field: FieldModel) => (
    <Field
      key={field.name}
      id={`console-${field.name}`}
      label={words.fields[field.name]}
      wire={{
        name: field.name,
        href: `../reference/exportConnectionRecords/#${field.required ? 'path' : 'query'}-${field.name}`,
        title: words.inReference(field.name),
      }}
      value={values[field.name]}
      help={words.help[field.name] ?? limitsOf(field, words)}
      problem={problems[field.name]}
      choices={
        field.choices && {
          '': words.none,
          ...Object.fromEntries(field.choices.map((choice) => [choice, words.languages[choice] ?? choice])),
        }
      }
      inputMode={field.kind === 'integer' ? 'numeric' : undefined}
      onChange={(value) => {
        set({ [field.name]: value });
        if (field.kind === 'time') setWindow('own');
      }}
      onBlur={() => touch(field.name)}
    />
  );
  return (
    <fieldset>
      <legend>{words.what}</legend>
      <div className="fields">
        {fields.filter(({ name }) => name === 'project_id').map(input)}
        <div className="wide">
          <Choice
            id="console-window"
            legend={words.windowHelp}
            value={window}
            options={(['day', 'week', 'all'] as const).map((value) => ({
              value,
              label: words.windows[value],
            }))}
            onChange={chooseWindow}
          />
          <p className="help">{words.windowHelp}</p>
        </div>
        {fields.filter(({ name }) => name !== 'project_id' && first.includes(name)).map(input)}
      </div>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {words.more} {given > 0 && <span className="badge">{words.given(given)}</span>}
        </summary>
        <div className="fields">{others.map(input)}</div>
      </details>
    </fieldset>
  );
}

/** What the contract allows, where that helps to fill it in. */
function limitsOf({ kind, minimum, maximum, example }: FieldModel, words: FormProps['words']) {
  if (kind === 'time') return words.like(example);
  return minimum !== undefined && maximum !== undefined ? words.range(minimum, maximum) : undefined;
}

/** What shall happen, where the sandbox or the mock can make it happen. */
export function Scenario({ inputs, words, change }: Pick<FormProps, 'inputs' | 'words' | 'change'>) {
  const { place, scenario } = inputs;
  const playable = scenariosOf(place);
  if (playable.length === 0) return null;
  return (
    <div className="card">
      <Field
        id="console-scenario"
        label={words.scenario}
        value={scenario}
        choices={Object.fromEntries(playable.map((name) => [name, words.scenarios[name] ?? name]))}
        help={place === 'server' && scenarios[scenario]?.movesClock ? words.ownProject : words.scenarioHelp}
        onChange={(chosen) => change({ scenario: chosen })}
      />
    </div>
  );
}
