import type { PlacedMeeting } from '../../../domain/audit/evidence';
import type { ClockDispute } from '../../../domain/audit/log-clock';
import { isInstant } from '../../../domain/time/civil-time';
import { fieldsOf, isJsonObject, type JsonObject } from '@tichet-albastru/kernel/json.codec';

/** What a file says was found, as far as another judgement is compared with it. */
export type SignedJudgement = JsonObject & {
  readonly asOf: string;
  readonly overall: string;
  readonly checks: readonly (JsonObject & { readonly id: string; readonly verdict: string })[];
};

const isCheck = (value: unknown): boolean => fieldsOf(value, { id: 'text', verdict: 'text' }) !== undefined;

export const isSignedJudgement = (value: unknown): value is SignedJudgement =>
  isJsonObject(value) &&
  typeof value['asOf'] === 'string' &&
  isInstant(value['asOf']) &&
  typeof value['overall'] === 'string' &&
  Array.isArray(value['checks']) &&
  value['checks'].every(isCheck);

export const isPlacedMeeting = (value: unknown): value is PlacedMeeting =>
  isJsonObject(value) &&
  fieldsOf(value, { ticketId: 'text', staffId: 'text', liveFrom: 'text', eventId: 'text', position: 'text' }) !== undefined &&
  fieldsOf(value['slot'], { startsAt: 'text', endsAt: 'text' }) !== undefined &&
  ['liveUntil', 'from', 'until'].every((name) => value[name] === undefined || typeof value[name] === 'string');

const ofADispute = {
  from: 'text',
  to: 'text',
  earliest: 'text',
  newest: 'text',
  seconds: 'number',
  facts: 'count',
  open: 'flag',
} as const;
export const isDispute = (value: unknown): value is ClockDispute => fieldsOf(value, ofADispute) !== undefined;
