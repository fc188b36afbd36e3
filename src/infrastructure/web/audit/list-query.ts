import type { AuditListQuery } from '../../../application/audit/audit-list';
import { type Verdict } from '../../../domain/audit/check';
import { type CheckId, checkIds } from '../../../domain/audit/judge';
import { defined } from '../../../domain/kernel/defined';
import type { Locale } from '../../../domain/ticket/facts';
import { isCivilDate, startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import type { Fault } from '../parts/fields';
import { sentences } from '../../phrasing/sentences';

/** In the order in which a person looks for them. */
export const verdicts: readonly Verdict[] = ['fail', 'warn', 'pending', 'waived', 'pass', 'not-applicable'];
export const ticketsPerPage = 25;
const staffIdForm = /^[\w.-]{1,64}$/;

/** The fields of the filter as they came; each may be empty. */
export type ListFields = {
  readonly verdict: string;
  readonly check: string;
  readonly from: string;
  readonly to: string;
  readonly staff: string;
  readonly cursor: string;
};
export type ListQuery = {
  readonly fields: ListFields;
  readonly verdict?: Verdict;
  readonly check?: CheckId;
  /** of the meetings, both inclusive */
  readonly days: { readonly from?: string; readonly to?: string };
  /** whose tickets of which days */
  readonly scope: Pick<AuditListQuery, 'from' | 'before' | 'staffId'>;
  readonly faults: readonly Fault[];
};

const text = (query: Readonly<Record<string, unknown>>, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** What the filter asks for. A day that is none is a fault and narrows nothing; an unknown choice is no choice. */
export const listQuery = (query: Readonly<Record<string, unknown>>, locale: Locale): ListQuery => {
  const fields: ListFields = {
    verdict: text(query, 'verdict'),
    check: text(query, 'verificare'),
    from: text(query, 'de-la'),
    to: text(query, 'pana-la'),
    staff: text(query, 'functionar'),
    cursor: text(query, 'de-unde'),
  };
  const words = sentences[locale].audit.list;
  const verdict = verdicts.find((one) => one === fields.verdict);
  const check = checkIds.find((one) => one === fields.check);
  const day = (name: 'from' | 'to'): string | undefined => (isCivilDate(fields[name]) ? fields[name] : undefined);
  const [from, to] = [day('from'), day('to')];
  const staffId = staffIdForm.test(fields.staff) ? fields.staff : undefined;
  const noDay = (field: string): Fault => ({ field, message: words.noDay });
  return {
    fields,
    ...defined({ verdict, check }),
    days: defined({ from, to }),
    scope: {
      ...(from === undefined ? {} : { from: startOfDay(from) }),
      ...(to === undefined ? {} : { before: startOfNextDay(to) }),
      ...defined({ staffId }),
    },
    faults: [
      ...(fields.from === '' || from !== undefined ? [] : [noDay('de-la')]),
      ...(fields.to === '' || to !== undefined ? [] : [noDay('pana-la')]),
      ...(from !== undefined && to !== undefined && to < from ? [{ field: 'pana-la', message: words.endsFirst }] : []),
      ...(fields.staff === '' || staffId !== undefined ? [] : [{ field: 'functionar', message: words.noStaffId }]),
    ],
  };
};

/** The question of the list for what was asked. */
export const questionOf = ({ verdict, check, scope, fields }: ListQuery): AuditListQuery => ({
  ...defined({ verdict, check }),
  ...scope,
  ...(fields.cursor === '' ? {} : { cursor: fields.cursor }),
  limit: ticketsPerPage,
});

/** The address of the same list with some of its fields changed; a page of it is left unless it is named. */
export const listPath = (fields: ListFields, changed: Partial<ListFields>, path = '/audit'): string => {
  const { verdict, check, from, to, staff, cursor } = { ...fields, cursor: '', ...changed };
  const named = { verdict, verificare: check, 'de-la': from, 'pana-la': to, functionar: staff, 'de-unde': cursor };
  const query = new URLSearchParams(Object.entries(named).filter(([, value]) => value !== '')).toString();
  return query === '' ? path : `${path}?${query}`;
};
