import { defined } from '@tichet-albastru/kernel/defined';
import { isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import type { Instant } from '../../../../domain/kernel/fact';
import { parseInstant } from '../../../../domain/time/civil-time';
import { AnswerUnreadable } from './answer-unreadable';

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

const fieldsOf = (operation: string, body: string): JsonObject => {
  const value = parsedJson(body);
  if (!isJsonObject(value)) throw new AnswerUnreadable(operation);
  return value;
};

const text = (fields: JsonObject, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const secureUrl = (fields: JsonObject, name: string): string | undefined => {
  const value = text(fields, name);
  return value !== undefined && URL.canParse(value) && new URL(value).protocol === 'https:' ? value : undefined;
};
const instant = (fields: JsonObject, name: string): Instant | undefined => parseInstant(text(fields, name) ?? '');
const isText = (value: unknown): value is string => typeof value === 'string';

const meetingIn = (fields: JsonObject): WebexMeeting | undefined => {
  const id = text(fields, 'meetingSeriesId') ?? text(fields, 'id');
  if (id === undefined) return undefined;
  const tags = fields['integrationTags'];
  return {
    id,
    ...defined({
      joinUrl: secureUrl(fields, 'webLink'),
      title: text(fields, 'title'),
      hostEmail: text(fields, 'hostEmail'),
      start: instant(fields, 'start'),
      end: instant(fields, 'end'),
      tags: Array.isArray(tags) ? tags.filter(isText) : undefined,
    }),
  };
};

const recordingIn = (fields: JsonObject): WebexRecording | undefined => {
  const id = text(fields, 'id');
  if (id === undefined) return undefined;
  const seconds = fields['durationSeconds'];
  return {
    id,
    ofMeetings: [text(fields, 'meetingSeriesId'), text(fields, 'scheduledMeetingId'), text(fields, 'meetingId')].filter(isText),
    // left out, it is one of those that were asked for: the available ones
    isAvailable: (text(fields, 'status') ?? 'available') === 'available',
    ...defined({
      url: secureUrl(fields, 'playbackUrl'),
      startedAt: instant(fields, 'timeRecorded'),
      durationSeconds: typeof seconds === 'number' && seconds > 0 ? Math.round(seconds) : undefined,
    }),
  };
};

const itemsIn = (operation: string, body: string): readonly JsonObject[] => {
  const { items } = fieldsOf(operation, body);
  if (!Array.isArray(items)) throw new AnswerUnreadable(operation);
  return items.filter(isJsonObject);
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
    ...defined({ refreshToken: text(fields, 'refresh_token') }),
  };
};

/** For the log: what Webex wants to be told when it is asked what happened. Nothing else of a refusal is kept. */
export const trackingIdOf = (headers: Readonly<Record<string, string>>, body: string): string | undefined => {
  const isTrackingId = (value: string | undefined): value is string => value !== undefined && /^[\w-]{1,100}$/.test(value);
  const value = parsedJson(body);
  return [isJsonObject(value) ? text(value, 'trackingId') : undefined, headers['trackingid']].find(isTrackingId);
};

/** Which meeting a webhook speaks of; undefined when it speaks of none. */
export const hintedMeeting = (body: string): string | undefined => {
  const { data } = fieldsOf('webhook', body);
  if (!isJsonObject(data)) return undefined;
  return text(data, 'meetingSeriesId') ?? text(data, 'meetingId')?.split('_')[0];
};
