import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import { departmentBound } from '../../../application/kernel/rights';
import { defined } from '../../../domain/kernel/defined';
import { departmentIn, officialOf } from '../../api/access/viewer';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import { personMeant } from '../parts/person-meant';
import { listQuery, type ListQuery } from './list-query';

/**
 * What the filter of the list asks for, with whoever is named in it looked up; for a head of their own department.
 * @throws HttpProblem `forbidden` where a head asks for another one
 */
export const askedOfList = async (ports: Ports, request: FastifyRequest, query: unknown): Promise<ListQuery> => {
  const asked = queryParametersOf(query);
  const locale = localeOfPage(request);
  const person = await personMeant(ports, asked('functionar'), locale);
  const departmentCode = departmentIn(request, 'audit.tickets', asked('serviciu') || undefined);
  return listQuery(query, locale, { person, ...defined({ departmentCode }) });
};

/** The departments to choose from; none for whoever sees one alone. */
export const departmentsToChoose = async (ports: Ports, request: FastifyRequest): Promise<readonly KnownDepartment[]> =>
  departmentBound(officialOf(request), 'audit.tickets') === undefined ? knownDepartments(ports) : [];
