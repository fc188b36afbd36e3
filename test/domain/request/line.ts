import { personal } from '../../../src/domain/kernel/personal-text';
import type { RequestFact, RequestStatus } from '../../../src/domain/request/facts';
import { registerRequest, type RegisterRequest } from '../../../src/domain/request/registering';
import { registeredRequest } from '../../../src/domain/request/request';
import { fakeEncrypt, given } from '../../../src/infrastructure/testing/given-when-then';

/** Monday, 2 March 2026, 10:00 in Bucharest. */
export const at = '2026-03-02T08:00:00.000Z';

/** A request as the register tells of it. */
export const line: RegisterRequest = {
  number: '154997',
  filedOn: '2026-01-12',
  applicantName: personal('name', 'Ana Pop'),
  department: 'D',
  departmentCode: '425',
  handlerStaffId: 's002',
  status: 'in-operation',
  sameApplicant: true,
  sameSubject: true,
  at,
};
/** The same request, told for the first time, as a decision and as a fact. */
export const known = given(registeredRequest).after((state) => registerRequest(line, state));
export const registered = (status: RequestStatus = 'in-operation'): RequestFact => ({
  type: 'RequestRegistered',
  data: {
    number: line.number,
    filedOn: line.filedOn,
    applicantName: fakeEncrypt('name', 'Ana Pop'),
    department: 'D',
    departmentCode: '425',
    handlerStaffId: line.handlerStaffId,
    status,
    registeredAt: at,
  },
});
