import type { VNode } from 'preact';
import type { Locale } from '../../../../domain/ticket/facts';
import { type Fault, faultOf, Radios, LongTextField, TextField } from '../../parts/fields';
import type { Typed } from '../act-form';
import { changeReasons } from '../field-words';
import { sentences } from '../../../phrasing/sentences';
import { useTyped } from '../../forms/forms-view';

export type FieldsParts = { readonly locale: Locale; readonly typed: Typed; readonly faults: readonly Fault[] };

/** A date and a time of Romania's clocks. */
export const DateField = ({ locale, typed, faults, value }: FieldsParts & { readonly value: string }): VNode => (
  <TextField
    name="date"
    type="date"
    width="middle"
    label={sentences[locale].meetings.fields.date}
    value={typed('date') ?? value}
    fault={faultOf(faults, 'date')}
  />
);

export const TimeField = ({
  typed,
  faults,
  name,
  label,
  value,
}: FieldsParts & { readonly name: string; readonly label: string; readonly value: string }): VNode => (
  <TextField name={name} type="time" width="middle" label={label} value={typed(name) ?? value} fault={faultOf(faults, name)} />
);

export const OptionalLabel = ({ locale, text }: { readonly locale: Locale; readonly text: string }): VNode => (
  <>
    {text} <small>{sentences[locale].meetings.fields.optional}</small>
  </>
);

/** A20: why staff change a meeting, and in words where the list has no name for it. */
export const ReasonFields = ({ locale, typed, faults }: FieldsParts): VNode => {
  const words = sentences[locale].meetings.fields;
  return (
    <>
      <Radios
        name="reason"
        label={words.reason}
        value={typed('reason')}
        options={changeReasons.map((value) => ({ value, label: words.reasons[value] }))}
        fault={faultOf(faults, 'reason')}
      />
      <LongTextField
        name="reasonText"
        rows={3}
        label={words.reasonText}
        hint={words.reasonTextHint}
        value={typed('reasonText')}
        fault={faultOf(faults, 'reasonText')}
      />
    </>
  );
};

/** One yes that stands alone. */
export const Tick = ({
  typed,
  faults,
  name,
  legend,
  label,
  hint,
}: FieldsParts & { readonly name: string; readonly legend: string; readonly label: string; readonly hint?: string }): VNode => {
  const fault = faultOf(faults, name);
  const describedBy = [hint === undefined ? '' : `${name}-hint`, fault === undefined ? '' : `${name}-fault`].filter(Boolean).join(' ');
  return (
    <fieldset class={fault === undefined ? 'field' : 'field field-faulty'} aria-describedby={describedBy === '' ? undefined : describedBy}>
      <legend>{legend}</legend>
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
      <div class="choice">
        <input type="checkbox" id={name} name={name} value="da" checked={(useTyped(name) ?? typed(name)) === 'da'} />
        <label for={name}>{label}</label>
      </div>
    </fieldset>
  );
};
