import type { Instant } from '../../../../domain/kernel/fact';
import { parseInstant } from '../../../../domain/time/civil-time';
import { AnswerUnreadable } from './answer-unreadable';

type Fields = Readonly<Record<string, unknown>>;

/** Of a meeting what we use. Passwords and host keys are in the answer too, and are not read. */
export type WebexMeeting = {
  /** of the meeting as a whole; an occurrence of it has this id and a suffix */
  readonly id: string;
  readonly joinUrl?: string;
  readonly title?: string;
  readonly hostEmail?: string;
  readonly start?: Instant;
  readonly end?: Instant;
  readonly tags?: readonly string[];
};
/** Of a recording what we use. Its password and its temporary download addresses are not read. */
export type WebexRecording = {
  readonly id: string;
  readonly ofMeetings: readonly string[];
  readonly isAvailable: boolean;
  readonly url?: string;
  readonly startedAt?: Instant;
  readonly durationSeconds?: number;
};
export type WebexTokens = { readonly accessToken: string; readonly lifeSeconds: number; readonly refreshToken?: string };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldsOf = (operation: string, body: string): Fields => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new AnswerUnreadable(operation);
  }
  if (!isFields(value)) throw new AnswerUnreadable(operation);
  return value;
};

const text = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const secureUrl = (fields: Fields, name: string): string | undefined => {
  const value = text(fields, name);
  return value !== undefined && URL.canParse(value) && new URL(value).protocol === 'https:' ? value : undefined;
};
const instant = (fields: Fields, name: string): Instant | undefined => parseInstant(text(fields, name) ?? '');
const isText = (value: unknown): value is string => typeof value === 'string';

/** Leaves out what is not there. */
const given = <K extends string, V>(name: K, value: V | undefined): Partial<Readonly<Record<K, V>>> => {
  const none: Partial<Readonly<Record<K, V>>> = {};
  return value === undefined ? none : { ...none, [name]: value };
};

const meetingIn = (fields: Fields): WebexMeeting | undefined => {
  const id = text(fields, 'meetingSeriesId') ?? text(fields, 'id');
  if (id === undefined) return undefined;
  const tags = fields['integrationTags'];
  return {
    id,
    ...given('joinUrl', secureUrl(fields, 'webLink')),
    ...given('title', text(fields, 'title')),
    ...given('hostEmail', text(fields, 'hostEmail')),
    ...given('start', instant(fields, 'start')),
    ...given('end', instant(fields, 'end')),
    ...given('tags', Array.isArray(tags) ? tags.filter(isText) : undefined),
  };
};

const recordingIn = (fields: Fields): WebexRecording | undefined => {
  const id = text(fields, 'id');
  if (id === undefined) return undefined;
  const seconds = fields['durationSeconds'];
  return {
    id,
    ofMeetings: [text(fields, 'meetingSeriesId'), text(fields, 'scheduledMeetingId'), text(fields, 'meetingId')].filter(isText),
    // left out, it is one of those that were asked for: the available ones
    isAvailable: (text(fields, 'status') ?? 'available') === 'available',
    ...given('url', secureUrl(fields, 'playbackUrl')),
    ...given('startedAt', instant(fields, 'timeRecorded')),
    ...given('durationSeconds', typeof seconds === 'number' && seconds > 0 ? Math.round(seconds) : undefined),
  };
};

const itemsIn = (operation: string, body: string): readonly Fields[] => {
  const { items } = fieldsOf(operation, body);
  if (!Array.isArray(items)) throw new AnswerUnreadable(operation);
  return items.filter(isFields);
};
const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** @throws AnswerUnreadable */
export const meetingOf = (operation: string, body: string): WebexMeeting => {
  const meeting = meetingIn(fieldsOf(operation, body));
  if (meeting === undefined) throw new AnswerUnreadable(operation);
  return meeting;
};
/** Items without an id are none. @throws AnswerUnreadable when there is no list at all */
export const meetingsOf = (operation: string, body: string): readonly WebexMeeting[] =>
  itemsIn(operation, body).map(meetingIn).filter(isThere);
/** @throws AnswerUnreadable */
export const recordingOf = (operation: string, body: string): WebexRecording => {
  const recording = recordingIn(fieldsOf(operation, body));
  if (recording === undefined) throw new AnswerUnreadable(operation);
  return recording;
};
/** Items without an id are none. @throws AnswerUnreadable when there is no list at all */
export const recordingsOf = (operation: string, body: string): readonly WebexRecording[] =>
  itemsIn(operation, body).map(recordingIn).filter(isThere);

/** @throws AnswerUnreadable */
export const tokensOf = (operation: string, body: string): WebexTokens => {
  const fields = fieldsOf(operation, body);
  const accessToken = text(fields, 'access_token');
  const life = fields['expires_in'];
  if (accessToken === undefined) throw new AnswerUnreadable(operation);
  return {
    accessToken,
    lifeSeconds: typeof life === 'number' && life > 0 ? life : 0,
    ...given('refreshToken', text(fields, 'refresh_token')),
  };
};

/** For the log: what Webex wants to be told when it is asked what happened. Nothing else of a refusal is kept. */
export const trackingIdOf = (headers: Readonly<Record<string, string>>, body: string): string | undefined => {
  const isTrackingId = (value: string | undefined): value is string => value !== undefined && /^[\w-]{1,100}$/.test(value);
  let inBody: string | undefined;
  try {
    const value: unknown = JSON.parse(body);
    inBody = isFields(value) ? text(value, 'trackingId') : undefined;
  } catch {
    inBody = undefined;
  }
  return [inBody, headers['trackingid']].find(isTrackingId);
};

/** Which meeting a webhook speaks of; undefined when it speaks of none. */
export const hintedMeeting = (body: string): string | undefined => {
  const { data } = fieldsOf('webhook', body);
  if (!isFields(data)) return undefined;
  return text(data, 'meetingSeriesId') ?? text(data, 'meetingId')?.split('_')[0];
};
