import type { ComponentChildren, VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { Form } from '../../api/body/form';
import {
  type Fault,
  Fieldset,
  LongTextField,
  type LongTextParts,
  OptionalLabel,
  Radios,
  type RadiosParts,
  Select,
  type SelectParts,
  TextField,
  type TextParts,
  Tick,
  type TickParts,
} from '../parts/fields';
import { checkedForm, type Typed } from './checked';

type Input =
  | ({ readonly kind?: 'text' } & TextParts)
  | ({ readonly kind: 'long' } & LongTextParts)
  | ({ readonly kind: 'radios' } & RadiosParts)
  | ({ readonly kind: 'select' } & SelectParts)
  | ({ readonly kind: 'tick' } & TickParts)
  /** one that looks as no other does */
  | { readonly kind: 'own'; readonly name: string; readonly label: string; readonly input: VNode | undefined };

/**
 * A field of a form, declared once: which input it has, what is said of it, what stands in it before a person types, and what is said
 * where it was left empty or cannot be so.
 */
export type Field = Input & {
  readonly missing?: string;
  readonly wrong?: (text: string, typed: Typed) => string | undefined;
  /** its label says that it may be left empty */
  readonly optional?: boolean;
};

/** What stands in a form from above to below: fields, fields side by side, and what is only to be read. */
export type FormPart =
  | Field
  | {
      readonly kind: 'beside';
      readonly fields: readonly Field[];
      readonly looks?: string;
      /** the legend of all of them */
      readonly group?: { readonly name: string; readonly label: string; readonly hint?: string };
    }
  | { readonly kind: 'note'; readonly note: ComponentChildren };

export const fieldsIn = (parts: readonly FormPart[]): readonly Field[] =>
  parts.flatMap((part) => (part.kind === 'beside' ? part.fields : part.kind === 'note' ? [] : [part]));

const labelOf = ({ label, optional = false }: Field): ComponentChildren => (optional ? <OptionalLabel text={label} /> : label);

const FieldView = ({ field }: { readonly field: Field }): VNode | undefined => {
  switch (field.kind) {
    case 'long':
      return <LongTextField {...field} label={labelOf(field)} />;
    case 'radios':
      return <Radios {...field} />;
    case 'select':
      return <Select {...field} />;
    case 'tick':
      return <Tick {...field} />;
    case 'own':
      return field.input;
    default:
      return <TextField {...field} label={labelOf(field)} />;
  }
};

/** The one renderer of declared fields. */
export const FormFields = ({ parts }: { readonly parts: readonly FormPart[] }): VNode => (
  <>
    {parts.map((part) => {
      if (part.kind === 'note') return part.note;
      if (part.kind !== 'beside') return <FieldView field={part} />;
      const fields = (
        <div class={part.looks ?? 'parts'}>
          {part.fields.map((field) => (
            <FieldView field={field} />
          ))}
        </div>
      );
      return part.group === undefined ? fields : <Fieldset {...part.group}>{fields}</Fieldset>;
    })}
  </>
);

/** The one reader of declared fields: what was typed into each of them. */
export const typedInto = (parts: readonly FormPart[], form: Form): Typed =>
  Object.fromEntries(fieldsIn(parts).map(({ name }) => [name, form.optional(name)]));

const isMissing = (field: Field, text: string): boolean => {
  if (field.kind === 'radios') return !field.options.some(({ value }) => value === text);
  return field.kind === 'tick' ? text !== 'da' : text === '';
};

/** What is said of the fields in their own words, before the general rules are asked. */
export const faultsOfFields = (parts: readonly FormPart[], typed: Typed): readonly Fault[] =>
  fieldsIn(parts).flatMap((field) => {
    const text = typed[field.name] ?? '';
    const message = field.missing !== undefined && isMissing(field, text) ? field.missing : field.wrong?.(text, typed);
    return message === undefined ? [] : [{ field: field.name, message }];
  });

/**
 * What was typed into declared fields, as the API takes it, and what is wrong with it, in the order of the fields: in a field's own words
 * where it has some, else by the rules that hold for programs too.
 * @param own fields of the page alone, which the API does not know
 */
export const readForm = <T extends object>(
  shape: new () => T,
  parts: readonly FormPart[],
  form: Form,
  locale: Locale,
  own: readonly string[] = [],
): { readonly typed: Typed; readonly value: T; readonly faults: readonly Fault[] } => {
  const typed = typedInto(parts, form);
  const given = Object.fromEntries(Object.entries(typed).filter(([name]) => !own.includes(name)));
  const { value, faults: general } = checkedForm(shape, given, locale);
  const said = faultsOfFields(parts, typed);
  const names = fieldsIn(parts).map(({ name }) => name);
  const faults = [...said, ...general.filter(({ field }) => !said.some((fault) => fault.field === field))];
  return { typed, value, faults: faults.toSorted((one, other) => names.indexOf(one.field) - names.indexOf(other.field)) };
};
