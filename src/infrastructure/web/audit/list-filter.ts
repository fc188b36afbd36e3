import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RowParked } from '../../../application/kernel/ports/read-models';
import { type AuditRow, tables } from '../../../application/kernel/ports/tables';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import { departmentBound } from '../../../application/kernel/rights';
import { defined } from '../../../domain/kernel/defined';
import { departmentIn, officialOf } from '../../api/access/viewer';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import { personMeant } from '../parts/person-meant';
import { listQuery, type ListQuery } from './list-query';

/**
 * What the filter of the list asks for, with whoever is named in it looked up, by name only where a form was sent; for a head of their own department.
 * @throws HttpProblem `forbidden` where a head asks for another one
 */
export const askedOfList = async (ports: Ports, request: FastifyRequest, query: unknown, by: 'id' | 'name' = 'id'): Promise<ListQuery> => {
  const asked = queryParametersOf(query);
  const locale = localeOfPage(request);
  const person = await personMeant(ports, asked('functionar'), by, locale);
  const departmentCode = departmentIn(request, 'audit.tickets', asked('serviciu') || undefined);
  return listQuery(query, locale, { person, ...defined({ departmentCode }) });
};

/** The departments to choose from; none for whoever sees one alone. */
export const departmentsToChoose = async (ports: Ports, request: FastifyRequest): Promise<readonly KnownDepartment[]> =>
  departmentBound(officialOf(request), 'audit.tickets') === undefined ? knownDepartments(ports) : [];

/** Whether this ticket’s audit is theirs to see: a head’s own department alone, as far as the table knows it. */
export const maySeeAudited = async ({ readModels }: Ports, request: FastifyRequest, ticketId: string): Promise<boolean> => {
  const bound = departmentBound(officialOf(request), 'audit.tickets');
  if (bound === undefined) return true;
  try {
    const row = await readModels.get<AuditRow>(tables.auditTrail, ticketId);
    return row !== undefined && row.departmentCode === bound.departmentCode;
  } catch (error) {
    if (error instanceof RowParked) return false;
    throw error;
  }
};
