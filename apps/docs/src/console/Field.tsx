import type { ReactNode } from 'react';

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with the value, to be said beside it. */
  problem?: string | undefined;
  help?: ReactNode;
  /** The name on the wire, and where it is described. */
  wire?: { name: string; href?: string; title?: string };
  /** The values to choose from, by what they are called. Left out, anything can be typed. */
  choices?: { [value: string]: string };
  rows?: number;
  /** Hides the value unless it is being typed. */
  isSecret?: boolean;
  inputMode?: 'numeric' | 'url';
  onBlur?: () => void;
}

/** A labelled input with its help, and what is wrong with it. It has no name, so that no form can ever put its value into an address. */
export function Field({
  id,
  label,
  value,
  onChange,
  problem,
  help,
  wire,
  choices,
  rows,
  isSecret,
  ...rest
}: FieldProps) {
  const described = [problem && `${id}-problem`, help && `${id}-help`].filter(Boolean).join(' ');
  const shared = {
    id,
    value,
    'aria-describedby': described || undefined,
    'aria-invalid': problem ? true : undefined,
    onBlur: rest.onBlur,
  } as const;
  const typed = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const;
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {wire?.href ? (
          <a href={wire.href} title={wire.title} tabIndex={0}>
            <code>{wire.name}</code>
          </a>
        ) : (
          wire && <code>{wire.name}</code>
        )}
      </div>
      {choices ? (
        <select {...shared} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {Object.entries(choices).map(([choice, name]) => (
            <option key={choice} value={choice}>
              {name}
            </option>
          ))}
        </select>
      ) : rows ? (
        <textarea
          {...shared}
          {...typed}
          rows={rows}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      ) : (
        <input
          {...shared}
          {...typed}
          type="text"
          inputMode={rest.inputMode}
          className={isSecret ? 'secret' : undefined}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      {problem && (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  id: string;
  legend: string;
  value: Value;
  options: { value: Value; label: string; help?: string; detail?: string }[];
  onChange: (value: Value) => void;
}

/** A few choices, side by side. */
export function Choice<Value extends string>({ id, legend, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div className="choice" role="radiogroup" aria-label={legend}>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'chosen' : undefined}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.label}</strong>
            {option.help && <span className="help">{option.help}</span>}
            {option.detail && <code>{option.detail}</code>}
          </span>
        </label>
      ))}
    </div>
  );
}
