import type { FastifyRequest } from 'fastify';
import { currentStaff } from '../../../application/kernel/streams';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import type { Ports } from '../../../application/kernel/ports/ports';
import { officialOf } from '../../api/access/viewer';
import { HttpProblem } from '../../api/problem/problem';
import type { Whose } from './change-frame';

/** Whose time is looked at; the guard has let whoever looks. @throws HttpProblem `not-found` */
export const whoseTime = async (ports: Ports, request: FastifyRequest, staffId: string): Promise<Whose> => {
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw new HttpProblem({ code: 'not-found' });
  const name = (await ports.personalData.open(staff.name)) ?? erasedMark;
  return { staffId, name, own: officialOf(request).staffId === staffId };
};
