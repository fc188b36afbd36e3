import type { FastifyRequest } from 'fastify';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import { departmentBound } from '../../../application/kernel/rights';
import { defined } from '@tichet-albastru/kernel/defined';
import { reachesSubject } from '../../api/access/subjects';
import { departmentIn, officialOf } from '../../api/access/viewer';
import { HttpProblem } from '../../api/problem/problem';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import { personMeant } from '../parts/person-meant';
import { listQuery, type ListQuery } from './list-query';

/**
 * What the filter of the list asks for. A person that it names is looked up, by name only where a form was sent. A head gets their own
 * department alone.
 * @throws HttpProblem `forbidden` where a head asks for another one
 */
export const askedOfList = async (ports: Ports, request: FastifyRequest, query: unknown, by: 'id' | 'name' = 'id'): Promise<ListQuery> => {
  const asked = queryParametersOf(query);
  const locale = localeOfPage(request);
  const person = await personMeant(ports, asked('functionar'), by, locale);
  const departmentCode = departmentIn(request, 'audit.tickets', asked('serviciu') || undefined);
  return listQuery(query, locale, { person, ...defined({ departmentCode }) });
};

/** The departments to choose from; none for an official who sees one alone. */
export const departmentsToChoose = async (ports: Ports, request: FastifyRequest): Promise<readonly KnownDepartment[]> =>
  departmentBound(officialOf(request), 'audit.tickets') === undefined ? knownDepartments(ports) : [];

/** Whether this ticket’s audit is theirs to open, by the rule of its page; false for what is no ticket, or cannot be read. */
export const maySeeAudited = async (ports: Ports, request: FastifyRequest, ticketId: string): Promise<boolean> => {
  try {
    return await reachesSubject(ports, officialOf(request), { action: 'audit.tickets', subject: 'audited' }, { id: ticketId });
  } catch (error) {
    if ((error instanceof HttpProblem && error.problem.code === 'not-found') || error instanceof EventLogCorrupt) return false;
    throw error;
  }
};
