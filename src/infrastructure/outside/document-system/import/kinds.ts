import { reachOf } from '../../../../application/kernel/rights';
import { type Registered, registerRequest } from '../../../../application/requests/register-request';
import { registerStaff } from '../../../../application/staff/register-staff';
import type { Done } from '../../../../application/kernel/done';
import { isRefusal, type Refusal, refuse } from '../../../../domain/kernel/refusal';
import { parseRegistrationNumber } from '../../../../domain/request/registering';
import { RequestBody, StaffBody } from '../../../validation/administration';
import { ADate, AName, Form, OneOf, Text } from '../../../validation/fields';
import type { ImportKind } from './import-lines';
import { inBoth } from '../../../phrasing/sentences';

const channels = ['email', 'post', 'pickup'] as const;

/** `staffId,name,role,department,departmentCode,email` */
export class StaffLine extends StaffBody {
  @AName()
  readonly staffId!: string;
}
/** `number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel` */
export class RequestLine extends RequestBody {
  @Form({ pattern: /^[\d./ ]{1,40}$/, words: inBoth.outside.kinds.registrationNumber154997, example: '154997' })
  readonly number!: string;
  @ADate()
  readonly filedOn!: string;
  @Text({ max: 100, optional: true })
  readonly answerDocumentNumber?: string;
  @ADate({ optional: true })
  readonly answerCommunicatedOn?: string;
  @OneOf(channels, { optional: true })
  readonly answerChannel?: (typeof channels)[number];
}

export const staffImport: ImportKind<StaffLine> = {
  shape: StaffLine,
  mayBeBroughtInBy: (asker) => reachOf(asker, 'staff', 'StaffRegistered') === 'any',
  about: ({ staffId }) => staffId,
  write: (ports, context, { staffId, name, role, department, departmentCode, email }) =>
    registerStaff(ports, false)(context, { staffId, name, role, department, departmentCode, email }),
};

/** Of a line about another applicant nothing went in but that it is so (A29): whoever brings the file in is told. */
const asRegistered = (outcome: Done<Registered> | Refusal): Done<Registered> | Refusal =>
  !isRefusal(outcome) && outcome.value.disputed ? refuse('invalid', { field: 'applicantName', reason: 'another-applicant' }) : outcome;

export const requestImport: ImportKind<RequestLine> = {
  shape: RequestLine,
  mayBeBroughtInBy: (asker) => reachOf(asker, 'request', 'RequestRegistered') === 'any',
  about: ({ number, filedOn }) => `${number} ${filedOn}`,
  write: async (ports, context, line) => {
    const { answerDocumentNumber, answerCommunicatedOn, answerChannel, number, ...request } = line;
    const parsed = parseRegistrationNumber(number);
    if (parsed === undefined) return refuse('invalid', { field: 'number', reason: 'not-a-registration-number' });
    const given = [answerDocumentNumber, answerCommunicatedOn, answerChannel].filter((cell) => cell !== undefined).length;
    const identity = { ...request, number: parsed.number };
    if (given === 0) return asRegistered(await registerRequest(ports)(context, identity));
    if (answerDocumentNumber === undefined || answerCommunicatedOn === undefined || answerChannel === undefined) {
      return refuse('invalid', { field: 'answerDocumentNumber', reason: 'answer-incomplete' });
    }
    const answer = { documentNumber: answerDocumentNumber, communicatedOn: answerCommunicatedOn, channel: answerChannel };
    return asRegistered(await registerRequest(ports)(context, { ...identity, answer }));
  },
};
