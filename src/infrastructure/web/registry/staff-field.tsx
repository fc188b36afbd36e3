import type { VNode } from 'preact';
import { defined } from '../../../domain/kernel/defined';
import { Select, TextField } from '../parts/fields';
import type { StaffChoice } from './staff-choice';

/** Somebody of the staff: chosen from a list while it is short enough, else by id. */
export const StaffField = ({
  name,
  label,
  hint,
  idHint,
  nobody,
  value = '',
  fault,
  choices,
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly idHint: string;
  /** what choosing nobody means */
  readonly nobody: string;
  readonly value?: string | undefined;
  readonly fault?: string | undefined;
  readonly choices: readonly StaffChoice[] | undefined;
}): VNode => {
  if (choices === undefined) {
    return (
      <TextField name={name} label={label} hint={[hint, idHint].filter(Boolean).join(' ')} value={value} fault={fault} width="middle" />
    );
  }
  // who has left meanwhile still stands on the request
  const others = value === '' || choices.some(({ staffId }) => staffId === value) ? [] : [{ value, label: value }];
  return (
    <Select
      name={name}
      label={label}
      {...defined({ hint })}
      fault={fault}
      value={value}
      options={[{ value: '', label: nobody }, ...others, ...choices.map((one) => ({ value: one.staffId, label: one.label }))]}
    />
  );
};
