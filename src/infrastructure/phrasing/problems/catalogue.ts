import type { Refusal, RefusalCode } from '../../../domain/kernel/refusal';
import { policiesWith } from '../../../domain/policies';
import { type JsonFaultKind, jsonLimits } from '@tichet-albastru/kernel/strict-json';
import { leadTimeInWords } from '../words/lead-time';
import { inBoth, type Sentence } from '../sentences';

/** Every code that a problem may carry: the procedure's refusals, and those of the way in. */
export type ProblemCode =
  | RefusalCode
  | 'unauthenticated'
  | 'method-not-allowed'
  | 'too-large'
  | 'misdirected'
  | 'unsupported-media-type'
  | 'idempotency-conflict'
  | 'unavailable'
  | 'read-only'
  | 'record-damaged'
  | 'parked'
  | 'internal';

export type BothLanguages = Sentence;
type Entry = { readonly status: number; readonly title: BothLanguages; readonly detail: BothLanguages };

const said = inBoth.problems.codes;

/** The status and the words of every problem, with the numbers of the rulebook. The only place where a refusal becomes a status. */
export const problemCatalogue: Readonly<Record<ProblemCode, Entry>> = {
  invalid: { status: 400, ...said.invalid },
  unauthenticated: { status: 401, ...said.unauthenticated },
  forbidden: { status: 403, ...said.forbidden },
  'not-found': { status: 404, ...said['not-found'] },
  'request-not-found': { status: 404, ...said['request-not-found'] },
  'method-not-allowed': { status: 405, ...said['method-not-allowed'] },
  'slot-taken': { status: 409, ...said['slot-taken'] },
  'active-ticket-exists': { status: 409, ...said['active-ticket-exists'] },
  'too-many-tickets': { status: 409, ...said['too-many-tickets'] },
  'same-hour': { status: 409, ...said['same-hour'] },
  'wrong-state': { status: 409, ...said['wrong-state'] },
  'idempotency-conflict': { status: 409, ...said['idempotency-conflict'] },
  'code-expired': { status: 410, ...said['code-expired'] },
  'precondition-failed': { status: 412, ...said['precondition-failed'] },
  'too-large': { status: 413, ...said['too-large'] },
  'unsupported-media-type': { status: 415, ...said['unsupported-media-type'] },
  misdirected: { status: 421, ...said.misdirected },
  'too-soon': {
    status: 422,
    title: said['too-soon'].title,
    detail: said['too-soon'].detail(leadTimeInWords(policiesWith()['lead-time'].value)),
  },
  'beyond-horizon': { status: 422, ...said['beyond-horizon'] },
  'window-expired': { status: 422, ...said['window-expired'] },
  'not-eligible': { status: 422, ...said['not-eligible'] },
  'not-working-time': { status: 422, ...said['not-working-time'] },
  paused: { status: 422, title: said.paused.title, detail: said.paused.detail },
  'no-time-for-link': { status: 422, ...said['no-time-for-link'] },
  'notice-not-accepted': { status: 422, ...said['notice-not-accepted'] },
  'wrong-code': { status: 422, ...said['wrong-code'] },
  'reschedule-limit': { status: 422, ...said['reschedule-limit'] },
  'too-early': { status: 422, ...said['too-early'] },
  'too-many-requests': { status: 429, ...said['too-many-requests'] },
  conflict: { status: 409, ...said.conflict },
  internal: { status: 500, ...said.internal },
  unavailable: { status: 503, ...said.unavailable },
  'read-only': { status: 503, ...said['read-only'] },
  'record-damaged': { status: 503, ...said['record-damaged'] },
  parked: { status: 503, ...said.parked },
};

/** What a problem says, with the number of the policy in force: from the refusal's details, or from the policy's value itself. */
export const sentenceOf = (code: ProblemCode, { hours, counted, textRo, textEn }: SaidDetails = {}): BothLanguages => {
  if (code === 'too-soon' && typeof hours === 'number') return said['too-soon'].detail(leadTimeInWords({ hours, counted }));
  if (code === 'paused' && typeof textRo === 'string' && typeof textEn === 'string')
    return { ro: said.paused.because({ text: textRo }).ro, en: said.paused.because({ text: textEn }).en };
  return problemCatalogue[code].detail;
};
type SaidDetails = { readonly hours?: unknown; readonly counted?: unknown; readonly textRo?: unknown; readonly textEn?: unknown };

/** One field that is wrong, and what is wrong with it. */
export type FieldFault = { readonly field: string; readonly message: BothLanguages };

/** What the domain finds wrong with a field, in words. */
const sentences: Readonly<Record<string, BothLanguages>> = inBoth.problems.field.sentences;
const unnamed: BothLanguages = inBoth.problems.field.unnamed;

/** The field that a refusal names, with a sentence; `undefined` when it names none. */
export const fieldFaultOf = ({ details }: Refusal): FieldFault | undefined => {
  const field = details?.['field'];
  if (typeof field !== 'string') return undefined;
  const reason = details?.['reason'];
  return { field, message: (typeof reason === 'string' ? sentences[reason] : undefined) ?? unnamed };
};

/** What is wrong with a body that cannot even be read. */
export const jsonFaultSentences: Readonly<Record<JsonFaultKind, BothLanguages>> = {
  'not-utf-8': inBoth.problems.body.notUtf8,
  'not-json': inBoth.problems.body.notJson,
  'too-deep': inBoth.problems.body.tooDeep({ depth: jsonLimits.depth }),
  'too-many-keys': inBoth.problems.body.tooManyKeys({ keys: jsonLimits.keys }),
  'duplicate-key': inBoth.problems.body.duplicateKey,
  'forbidden-key': inBoth.problems.body.forbiddenKey,
  'number-out-of-range': inBoth.problems.body.numberOutOfRange,
  'broken-text': inBoth.problems.body.brokenText,
};
