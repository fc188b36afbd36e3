import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { currentRequest, currentStaff } from '../../../application/kernel/streams';
import { defined } from '@tichet-albastru/kernel/defined';
import type { RequestIdentity, RequestStatus } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import type { RegisteredRequest } from '../../../domain/request/request';
import { civilDateOf, isCivilDate } from '../../../domain/time/civil-time';
import { HttpProblem } from '../../api/problem/problem';
import type { Field } from '../forms/form-fields';
import { useWords } from '../page/page-context';

/** Of no person: a number and a date. */
export const requestPath = ({ number, filedOn }: RequestIdentity): string =>
  `/registratura/cereri/${encodeURIComponent(number)}/${filedOn}`;

/** The request that an address names, from the log itself. @throws HttpProblem `request-not-found` */
export const knownRequest = async (ports: Ports, { number, filedOn }: RequestIdentity): Promise<RegisteredRequest> => {
  const parsed = parseRegistrationNumber(number);
  const request =
    parsed === undefined || !isCivilDate(filedOn) ? undefined : await currentRequest(ports, { number: parsed.number, filedOn });
  if (request === undefined || request.status === 'unknown') throw new HttpProblem({ code: 'request-not-found' });
  return request;
};

/** The names of these people; unknown people are left out. */
export const namesOfStaff = async (ports: Ports, staffIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  for (const staffId of new Set(staffIds)) {
    const staff = await currentStaff(ports, staffId);
    const name = staff.status === 'unknown' ? undefined : await ports.personalData.open(staff.name);
    if (name !== undefined) names.set(staffId, name);
  }
  return names;
};

/** A civil servant, as pages name them. */
export type Colleague = { readonly staffId: string; readonly name: string };
export type PersonView = Omit<StaffDirectoryRow, 'staff'> & Colleague;

/** Rows of the staff directory with the names of the people; where one was erased, the id. */
export const withNames = ({ personalData }: Ports, rows: readonly StaffDirectoryRow[]): Promise<readonly PersonView[]> =>
  Promise.all(rows.map(async ({ staff, ...row }) => ({ ...row, name: (await personalData.open(staff.name)) ?? row.staffId })));

/** In the order of the Romanian alphabet. */
export const byName = (one: Colleague, other: Colleague): number => one.name.localeCompare(other.name, 'ro');

export type StaffChoice = { readonly staffId: string; readonly label: string };

/** A longer list is no choice any more, and too heavy for a page: then the id is typed. */
const mostChoices = 200;

/** The people who are there today, by department and name; nothing when there are too many to choose from. */
export const staffChoices = async (ports: Ports): Promise<readonly StaffChoice[] | undefined> => {
  const today = civilDateOf(ports.clock.now());
  const { rows, next } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, { limit: mostChoices });
  if (next !== undefined) return undefined;
  const here = rows.filter(({ leftOn }) => leftOn === null || leftOn > today);
  return (await withNames(ports, here))
    .toSorted((a, b) => a.department.localeCompare(b.department, 'ro') || byName(a, b))
    .map(({ staffId, department, name }) => ({ staffId, label: `${name} – ${department}` }));
};

/** A staff member: chosen from a list while it is short enough, else by id. The third parameter also labels the empty choice. */
export const staffField = (
  { value = '', ...field }: { readonly name: string; readonly label: string; readonly value: string | undefined },
  choices: readonly StaffChoice[] | undefined,
  { hint, idHint, nobody }: { readonly hint?: string; readonly idHint: string; readonly nobody: string },
): Field => {
  if (choices === undefined) return { ...field, hint: [hint, idHint].filter(Boolean).join(' '), value, width: 'middle' };
  // who has left meanwhile still stands on the request
  const others = value === '' || choices.some(({ staffId }) => staffId === value) ? [] : [{ value, label: value }];
  const options = [{ value: '', label: nobody }, ...others, ...choices.map((one) => ({ value: one.staffId, label: one.label }))];
  return { kind: 'select', ...field, ...defined({ hint }), value, options };
};

const looks: Readonly<Record<RequestStatus, string>> = {
  'in-operation': 'tag',
  answered: 'tag tag-good',
  closed: 'tag tag-quiet',
  redirected: 'tag tag-quiet',
  archived: 'tag tag-quiet',
};

export const StatusTag = ({ status }: { readonly status: RequestStatus }): VNode => (
  <span class={looks[status]}>{useWords().registry.list.statuses[status]}</span>
);
