import { type ComponentChildren, h, type VNode } from 'preact';
import { useTyped } from '../forms/forms-view';

/** What is wrong with a field, in the language of the page. */
export type Fault = { readonly field: string; readonly message: string };

export const faultOf = (faults: readonly Fault[], field: string): string | undefined =>
  faults.find((fault) => fault.field === field)?.message;

/** At the top of a form that came back: what is wrong, each with a way to its field. It takes the focus. */
export const ErrorSummary = ({ title, faults }: { readonly title: string; readonly faults: readonly Fault[] }): VNode | null =>
  faults.length === 0 ? null : (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>{title}</h2>
      <ul>
        {faults.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );

type FieldParts = {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly fault?: string | undefined;
};

const describedBy = (name: string, hint: unknown, fault: string | undefined): string | undefined =>
  [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`].filter(Boolean).join(' ') || undefined;

const About = ({ name, hint, fault }: FieldParts): VNode => (
  <>
    {hint === undefined ? null : (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {fault === undefined ? null : (
      <p class="fault" id={`${name}-fault`}>
        {fault}
      </p>
    )}
  </>
);

/** Its types are a union by `type`, which one component for all of them cannot choose from. */
const input: 'input' | '' = 'input';

/** One line of text with its label, hint and fault. */
export const TextField = ({
  value = '',
  type = 'text',
  width,
  autocomplete,
  inputmode,
  spellcheck,
  ...field
}: FieldParts & {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'date' | 'time' | 'datetime-local' | 'number' | 'search';
  readonly width?: 'short' | 'middle';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric' | 'email' | 'tel' | 'text';
  readonly spellcheck?: boolean;
}): VNode => (
  <div class={field.fault === undefined ? 'field' : 'field field-faulty'}>
    <label for={field.name}>{field.label}</label>
    <About {...field} />
    {h(input, {
      id: field.name,
      name: field.name,
      type,
      value: type === 'password' ? value : (useTyped(field.name) ?? value),
      class: width,
      autocomplete,
      inputMode: inputmode,
      spellcheck,
      'aria-describedby': describedBy(field.name, field.hint, field.fault),
      'aria-invalid': field.fault === undefined ? undefined : 'true',
    })}
  </div>
);

/** Several lines of text. */
export const LongTextField = ({
  value = '',
  rows = 5,
  ...field
}: FieldParts & { readonly value?: string | undefined; readonly rows?: number }): VNode => (
  <div class={field.fault === undefined ? 'field' : 'field field-faulty'}>
    <label for={field.name}>{field.label}</label>
    <About {...field} />
    <textarea
      id={field.name}
      name={field.name}
      rows={rows}
      aria-describedby={describedBy(field.name, field.hint, field.fault)}
      aria-invalid={field.fault === undefined ? undefined : 'true'}
    >
      {useTyped(field.name) ?? value}
    </textarea>
  </div>
);

export type Option = { readonly value: string; readonly label: ComponentChildren; readonly hint?: ComponentChildren };

/** Native radios in a fieldset. The first has the id of the field, so that the summary leads to it. */
export const Radios = ({
  value,
  options,
  ...field
}: FieldParts & { readonly value?: string | undefined; readonly options: readonly Option[] }): VNode => {
  const chosen = useTyped(field.name) ?? value;
  return (
    <fieldset
      class={field.fault === undefined ? 'field' : 'field field-faulty'}
      aria-describedby={describedBy(field.name, field.hint, field.fault)}
    >
      <legend>{field.label}</legend>
      <About {...field} />
      {options.map((option, index) => {
        const id = index === 0 ? field.name : `${field.name}-${option.value}`;
        return (
          <div class="choice">
            <input type="radio" id={id} name={field.name} value={option.value} checked={option.value === chosen} />
            <label for={id}>
              {option.label}
              {option.hint === undefined ? null : <span class="hint">{option.hint}</span>}
            </label>
          </div>
        );
      })}
    </fieldset>
  );
};

export const Select = ({
  value,
  options,
  ...field
}: FieldParts & {
  readonly value?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}): VNode => {
  const chosen = useTyped(field.name) ?? value;
  return (
    <div class={field.fault === undefined ? 'field' : 'field field-faulty'}>
      <label for={field.name}>{field.label}</label>
      <About {...field} />
      <select id={field.name} name={field.name} aria-describedby={describedBy(field.name, field.hint, field.fault)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
};
