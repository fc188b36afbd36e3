import { isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import type { AskedRegister, RequestReading } from '../../../../application/kernel/ports/document-register';
import type { HttpAnswer } from '../../http-client/http-client';
import type { Gateway } from './gateway';
import { validate } from 'class-validator';
import { defined } from '@tichet-albastru/kernel/defined';
import { parseRegistrationNumber } from '../../../../domain/request/registering';
import { MistakenAnswerBody, RequestBody } from '../../../validation/administration';
import { ADate, Form, Whole } from '../../../validation/fields';
import { inBoth } from '../../../phrasing/sentences';

/** What the gateway says of a request, held to the very rules that hold where a request is told to us. */
class ReportedRequestBody extends RequestBody {
  @Form({ pattern: /^[1-9]\d{0,11}$/, words: inBoth.outside.toldRequest.digits, example: '154997' })
  readonly number!: string;
  @ADate()
  readonly filedOn!: string;
  @Whole({ from: 1, to: Number.MAX_SAFE_INTEGER })
  readonly version!: number;
}

const mostAnswers = 50;
const requestFields = [
  'number',
  'filedOn',
  'applicantName',
  'applicantChange',
  'subject',
  'department',
  'departmentCode',
  'handlerStaffId',
  'status',
  'version',
] as const;
const answerFields = ['documentNumber', 'communicatedOn', 'channel', 'answeredBy', 'mistake', 'ofDocument', 'reason'] as const;

/** These fields and no others: what a later gateway adds is passed over. */
const picked = (value: object, fields: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([name, content]) => fields.includes(name) && content !== undefined && content !== null));

const unusable = (field: string): RequestReading => ({ kind: 'unusable', field });

const firstFault = async (body: object): Promise<string | undefined> => (await validate(body, { stopAtFirstError: true }))[0]?.property;

/** @returns `unusable` with the first field that is wrong: never what stood there */
const reportedRequestOf = async (text: string, etag: string | undefined): Promise<RequestReading> => {
  const value = parsedJson(text);
  if (!isJsonObject(value)) return unusable('body');
  const { answers: list } = value;
  if (!Array.isArray(list) || list.length > mostAnswers || !list.every(isJsonObject)) return unusable('answers');
  const body = Object.assign(new ReportedRequestBody(), picked(value, requestFields));
  const fault = await firstFault(body);
  if (fault !== undefined) return unusable(fault);
  const bodies = list.map((one) => Object.assign(new MistakenAnswerBody(), picked(one, answerFields)));
  for (const answer of bodies) {
    const wrong = await firstFault(answer);
    if (wrong !== undefined) return unusable(`answers.${wrong}`);
    // what was wrong is said with why, or not at all
    if ((answer.mistake === undefined) !== (answer.reason === undefined)) return unusable('answers.reason');
    if (answer.mistake === undefined && answer.ofDocument !== undefined) return unusable('answers.mistake');
  }
  const { ...request } = body;
  const answers = bodies.map(({ mistake, ofDocument, reason, ...answer }) => ({
    ...answer,
    ...(mistake === undefined || reason === undefined ? {} : { mistaken: { mistake, reason, ...defined({ ofDocument }) } }),
  }));
  if (parseRegistrationNumber(request.number)?.number !== request.number) return unusable('number');
  return {
    kind: 'told',
    request: { ...request, answers },
    ...defined({ etag }),
  };
};

const readingOf = async ({ status, headers, body }: HttpAnswer, sentEtag: string | undefined): Promise<RequestReading> => {
  switch (status) {
    case 200:
      return reportedRequestOf(body, headers['etag']);
    case 304:
      return sentEtag === undefined ? { kind: 'unusable', field: 'status' } : { kind: 'unchanged' };
    case 404:
      return { kind: 'no-such-request' };
    default:
      return { kind: 'unusable', field: 'status' };
  }
};

/** Requests as the gateway tells them. Both questions change nothing there, so both may be asked again. */
export const gatewayRequests = (
  gateway: Gateway,
  { freshMinutes, pollMinutes }: { readonly freshMinutes: number; readonly pollMinutes: number },
): AskedRegister => ({
  kind: 'asked',
  freshMinutes,
  pollMinutes,
  verify: async ({ number, filedOn, applicantName }) =>
    readingOf(
      await gateway.ask({
        operation: 'verify-request',
        method: 'POST',
        path: '/requests/verify',
        body: JSON.stringify({ number, filedOn, applicantName }),
        mayRepeat: true,
      }),
      undefined,
    ),
  read: async ({ number, filedOn }, etag) =>
    readingOf(
      await gateway.ask({
        operation: 'read-request',
        method: 'GET',
        path: `/requests/${number}/${filedOn}`,
        ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } }),
        mayRepeat: true,
      }),
      etag,
    ),
});
