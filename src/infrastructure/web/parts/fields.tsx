import { type ComponentChildren, createContext, h, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { useTyped } from '../forms/forms-view';
import { usePage, useWords } from '../page/page-context';
import { InformationCentreLine } from './information-centre';

/** What is wrong with a field, in the language of the page. */
export type Fault = { readonly field: string; readonly message: string };

export const FaultsInContext = createContext<readonly Fault[]>([]);
/** What is wrong with what was typed into the forms of this page. */
export const useFaults = (): readonly Fault[] => useContext(FaultsInContext);
export const useFault = (field: string): string | undefined => useFaults().find((fault) => fault.field === field)?.message;

/** At the top of a form that came back: what is wrong, each with a way to its field. It takes the focus. */
export const ErrorSummary = ({
  title,
  labels = {},
}: {
  readonly title: string;
  /** where the sentence alone does not say which field is meant */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}): VNode | null => {
  const faults = useFaults();
  const { official } = usePage();
  return faults.length === 0 ? null : (
    <div class="error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>{title}</h2>
      <ul>
        {faults.map(({ field, message }) => (
          <li>
            <a href={`#${field}`}>{labels[field] === undefined ? message : `${labels[field]}: ${message}`}</a>
          </li>
        ))}
      </ul>
      {official === undefined ? <InformationCentreLine asks /> : null}
    </div>
  );
};

type FieldParts = {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
};

/** How a field is shown with its fault, where it has one. */
const useLooks = ({ name, hint }: Omit<FieldParts, 'label'>) => {
  const fault = useFault(name);
  return {
    class: fault === undefined ? 'field' : 'field field-faulty',
    describedBy:
      [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`].filter(Boolean).join(' ') || undefined,
    isInvalid: fault === undefined ? undefined : ('true' as const),
    about: (
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
    ),
  };
};

/** Its types are a union by `type`, which one component for all of them cannot choose from. */
const input: 'input' | '' = 'input';

export type TextParts = FieldParts & {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'date' | 'time' | 'datetime-local' | 'number' | 'search' | 'file';
  readonly width?: 'short' | 'middle';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric' | 'email' | 'tel' | 'text';
  readonly spellcheck?: boolean;
  /** of a file */
  readonly accept?: string;
};

/** One line of text, or a file, with its label, hint and fault. */
export const TextField = ({ value = '', type = 'text', width, inputmode, ...field }: TextParts): VNode => {
  const { name, label, autocomplete, spellcheck, accept } = field;
  const looks = useLooks(field);
  const typed = useTyped(name) ?? value;
  const isFile = type === 'file';
  return (
    <div class={looks.class}>
      <label for={name}>{label}</label>
      {looks.about}
      {h(input, {
        id: name,
        name,
        type,
        value: isFile ? undefined : type === 'password' ? value : typed,
        class: width,
        autocomplete,
        inputMode: inputmode,
        spellcheck,
        accept,
        'aria-describedby': looks.describedBy,
        'aria-invalid': isFile ? undefined : looks.isInvalid,
      })}
    </div>
  );
};

export type LongTextParts = FieldParts & { readonly value?: string | undefined; readonly rows?: number };

/** Several lines of text. */
export const LongTextField = ({ value = '', rows = 5, ...field }: LongTextParts): VNode => {
  const { name, label } = field;
  const looks = useLooks(field);
  return (
    <div class={looks.class}>
      <label for={name}>{label}</label>
      {looks.about}
      <textarea id={name} name={name} rows={rows} aria-describedby={looks.describedBy} aria-invalid={looks.isInvalid}>
        {useTyped(name) ?? value}
      </textarea>
    </div>
  );
};

/** Inputs that belong together, under one legend. */
export const Fieldset = ({ children, ...field }: FieldParts & { readonly children: ComponentChildren }): VNode => {
  const looks = useLooks(field);
  return (
    <fieldset class={looks.class} aria-describedby={looks.describedBy}>
      <legend>{field.label}</legend>
      {looks.about}
      {children}
    </fieldset>
  );
};

export type Option = { readonly value: string; readonly label: ComponentChildren; readonly hint?: ComponentChildren };
export type RadiosParts = FieldParts & { readonly value?: string | undefined; readonly options: readonly Option[] };

/** Native radios in a fieldset. The first has the id of the field, so that the summary leads to it. */
export const Radios = ({ value, options, ...field }: RadiosParts): VNode => {
  const { name } = field;
  const chosen = useTyped(name) ?? value;
  return (
    <Fieldset {...field}>
      {options.map((option, index) => {
        const id = index === 0 ? name : `${name}-${option.value}`;
        return (
          <div class="choice">
            <input type="radio" id={id} name={name} value={option.value} checked={option.value === chosen} />
            <label for={id}>
              {option.label}
              {option.hint === undefined ? null : <span class="hint">{option.hint}</span>}
            </label>
          </div>
        );
      })}
    </Fieldset>
  );
};

export type TickParts = FieldParts & { readonly legend: string; readonly checked?: boolean };

/** One yes that stands alone. */
export const Tick = ({ legend, label, checked = false, ...field }: TickParts): VNode => {
  const typed = useTyped(field.name);
  return (
    <Fieldset {...field} label={legend}>
      <div class="choice">
        <input type="checkbox" id={field.name} name={field.name} value="da" checked={typed === undefined ? checked : typed === 'da'} />
        <label for={field.name}>{label}</label>
      </div>
    </Fieldset>
  );
};

export type SelectParts = FieldParts & {
  readonly value?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

export const Select = ({ value, options, ...field }: SelectParts): VNode => {
  const { name, label } = field;
  const looks = useLooks(field);
  const chosen = useTyped(name) ?? value;
  return (
    <div class={looks.class}>
      <label for={name}>{label}</label>
      {looks.about}
      <select id={name} name={name} aria-describedby={looks.describedBy}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
};

/** A label of what may be left empty. */
export const OptionalLabel = ({ text }: { readonly text: ComponentChildren }): VNode => (
  <>
    {text} <small>{useWords().meetings.fields.optional}</small>
  </>
);
