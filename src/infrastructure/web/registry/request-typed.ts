import type { RegisterRequestInput } from '../../../application/requests/register-request';
import { defined } from '../../../domain/kernel/defined';
import type { Locale } from '../../../domain/ticket/facts';
import { refuse } from '../../../domain/kernel/refusal';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { RequestLine } from '../../outside/document-system/import/kinds';
import type { Form } from '../forms/form';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { checkedForm, type Typed } from '../forms/checked';

const fields = ['number', 'filedOn', 'applicantName', 'subject', 'handlerStaffId', 'departmentCode', 'department', 'status'] as const;

/** What was typed; a number in its long form brings the filing date along. */
export const requestTyped = (form: Form): Typed => {
  const typed = Object.fromEntries(fields.map((field) => [field, form.optional(field)]));
  return { ...typed, filedOn: typed['filedOn'] ?? parseRegistrationNumber(typed['number'] ?? '')?.filedOn };
};

/** A29: the number in its one form. */
export const requestOf = (
  typed: Typed,
  locale: Locale,
): { readonly value: RegisterRequestInput } | { readonly faults: readonly Fault[] } => {
  const checked = checkedForm(RequestLine, typed, locale);
  if ('faults' in checked) return checked;
  const { number, filedOn, applicantName, subject, handlerStaffId, departmentCode, department, status } = checked.value;
  const parsed = parseRegistrationNumber(number);
  if (parsed === undefined) {
    return { faults: faultsOf(refuse('invalid', { field: 'number', reason: 'not-a-registration-number' }), locale, 'number') };
  }
  return {
    value: {
      number: parsed.number,
      filedOn,
      applicantName,
      handlerStaffId,
      status,
      ...defined({ subject, departmentCode, department }),
    },
  };
};
