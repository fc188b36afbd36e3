import { reachOf } from '../../../../application/kernel/rights';
import { type Registered, registerRequest } from '../../../../application/requests/register-request';
import { registerStaff } from '../../../../application/staff/register-staff';
import type { Done } from '../../../../application/kernel/done';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, type Refusal, refuse } from '../../../../domain/kernel/refusal';
import { parseRegistrationNumber } from '../../../../domain/request/registering';
import { RequestBody, StaffBody } from '../../../validation/administration';
import { ADate, AName, Form, OneOf, Text } from '../../../validation/fields';
import type { ImportKind } from './import-lines';
import { inBoth } from '../../../phrasing/sentences';

const channels = ['email', 'post', 'pickup'] as const;
const mistakes = ['corrected', 'withdrawn'] as const;

/** `staffId,name,role,department,departmentCode,email` */
export class StaffLine extends StaffBody {
  @AName()
  readonly staffId!: string;
}
/**
 * `number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel`, and of an
 * answer that was told with a mistake `answerMistake,answerOfDocument,answerReason`
 */
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
  @OneOf(mistakes, { optional: true })
  readonly answerMistake?: (typeof mistakes)[number];
  @Text({ max: 100, optional: true })
  readonly answerOfDocument?: string;
  @Text({ max: 1000, lines: true, optional: true })
  readonly answerReason?: string;
}

export const staffImport: ImportKind<StaffLine> = {
  shape: StaffLine,
  mayBeBroughtInBy: (asker) => reachOf(asker, 'staff', 'StaffRegistered') === 'any',
  about: ({ staffId }) => staffId,
  write: (ports, context, { staffId, name, role, department, departmentCode, email }) =>
    registerStaff(ports, false)(context, { staffId, name, role, department, departmentCode, email }),
};

/** Of a line about another applicant, only that fact is recorded (A29): the person who brings the file in is told. */
const asRegistered = (outcome: Done<Registered> | Refusal): Done<Registered> | Refusal =>
  !isRefusal(outcome) && outcome.value.disputed ? refuse('invalid', { field: 'applicantName', reason: 'another-applicant' }) : outcome;

export const requestImport: ImportKind<RequestLine> = {
  shape: RequestLine,
  mayBeBroughtInBy: (asker) => reachOf(asker, 'request', 'RequestRegistered') === 'any',
  about: ({ number, filedOn }) => `${number} ${filedOn}`,
  write: async (ports, context, line) => {
    const { answerDocumentNumber, answerCommunicatedOn, answerChannel, answerMistake, answerOfDocument, answerReason, number, ...request } =
      line;
    const parsed = parseRegistrationNumber(number);
    if (parsed === undefined) return refuse('invalid', { field: 'number', reason: 'not-a-registration-number' });
    const cells = [answerDocumentNumber, answerCommunicatedOn, answerChannel, answerMistake, answerOfDocument, answerReason];
    const given = cells.filter((cell) => cell !== undefined).length;
    const identity = { ...request, number: parsed.number };
    if (given === 0) return asRegistered(await registerRequest(ports)(context, identity));
    if (answerDocumentNumber === undefined || answerCommunicatedOn === undefined || answerChannel === undefined) {
      return refuse('invalid', { field: 'answerDocumentNumber', reason: 'answer-incomplete' });
    }
    // what was wrong is said with why, or not at all
    if ((answerMistake === undefined) !== (answerReason === undefined))
      return refuse('invalid', { field: 'answerReason', reason: 'required' });
    if (answerMistake === undefined && answerOfDocument !== undefined)
      return refuse('invalid', { field: 'answerMistake', reason: 'required' });
    const mistaken =
      answerMistake === undefined || answerReason === undefined
        ? undefined
        : { mistake: answerMistake, reason: answerReason, ...defined({ ofDocument: answerOfDocument }) };
    const answer = { documentNumber: answerDocumentNumber, communicatedOn: answerCommunicatedOn, channel: answerChannel };
    return asRegistered(await registerRequest(ports)(context, { ...identity, answer: { ...answer, ...defined({ mistaken }) } }));
  },
};
