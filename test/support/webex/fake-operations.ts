import type { FakeOperation, FakeWebexState } from './fake-webex';
import { type FakeMeeting, meetingShown, recordingShown } from './webex-state';

export type Answer = { readonly status: number; readonly body?: unknown };
type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly authorization: string;
};
type Operation = { readonly operation: FakeOperation; readonly perform: () => Answer };

const refused = (status: number, message: string): Answer => ({ status, body: { message, errors: [], trackingId: 'ROUTER_fake-3' } });
const json = (body: string): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const renewToken = (state: FakeWebexState, body: string): Answer => {
  const fields = new URLSearchParams(body);
  const given = fields.get('refresh_token') ?? '';
  if (fields.get('client_secret') !== 'client-secret' || !state.refreshTokens.has(given)) return refused(400, 'invalid_grant');
  state.made += 1;
  if (!state.grace) state.refreshTokens.delete(given);
  const tokens = { access: `access-${String(state.made)}`, refresh: `refresh-${String(state.made)}` };
  state.refreshTokens.add(tokens.refresh);
  state.accessTokens.add(tokens.access);
  return { status: 200, body: { access_token: tokens.access, expires_in: 1_209_599, refresh_token: tokens.refresh } };
};

const createMeeting = (state: FakeWebexState, body: string): Answer => {
  const wanted = json(body);
  state.made += 1;
  const invitees = (wanted['invitees'] as readonly { readonly email: string }[]).map(({ email }) => email);
  const meeting: FakeMeeting = {
    id: `meeting${String(state.made).padStart(4, '0')}`,
    title: text(wanted['title']),
    start: text(wanted['start']),
    end: text(wanted['end']),
    hostEmail: text(wanted['hostEmail']),
    invitees,
    tags: wanted['integrationTags'] as readonly string[],
    autoRecord: wanted['enabledAutoRecordMeeting'] === true,
  };
  state.meetings.set(meeting.id, meeting);
  return { status: 200, body: meetingShown(meeting) };
};

const findMeetings = (state: FakeWebexState, query: URLSearchParams): Answer => {
  const [tag, host, from, to] = ['integrationTag', 'hostEmail', 'from', 'to'].map((name) => query.get(name) ?? '');
  const items = [...state.meetings.values()]
    .filter(({ tags, hostEmail, start }) => tags.includes(tag ?? '') && hostEmail === host && start >= (from ?? '') && start < (to ?? ''))
    .map((meeting) => ({ ...meetingShown(meeting), meetingSeriesId: meeting.id }));
  return { status: 200, body: { items } };
};

const onMeeting = (state: FakeWebexState, id: string, host: unknown, act: (meeting: FakeMeeting) => Answer): Answer => {
  const meeting = state.meetings.get(id);
  return meeting !== undefined && meeting.hostEmail === host ? act(meeting) : refused(404, 'not found');
};

const moveMeeting = (state: FakeWebexState, id: string, body: string): Answer => {
  const { start, end, hostEmail } = json(body);
  return onMeeting(state, id, hostEmail, (meeting) => {
    meeting.start = text(start);
    meeting.end = text(end);
    return { status: 200, body: { ...meetingShown(meeting), meetingSeriesId: meeting.id } };
  });
};

const removeMeeting = (state: FakeWebexState, id: string, host: string | null): Answer =>
  onMeeting(state, id, host, () => {
    state.meetings.delete(id);
    return { status: 204 };
  });

const findRecordings = (state: FakeWebexState, query: URLSearchParams): Answer => {
  const [of, host, from, to] = ['meetingId', 'hostEmail', 'from', 'to'].map((name) => query.get(name) ?? '');
  const items = [...state.recordings.values()]
    .filter(({ meetingId, hostEmail, status }) => meetingId === of && hostEmail === host && status === 'available')
    .filter(({ timeRecorded }) => timeRecorded >= (from ?? '') && timeRecorded < (to ?? ''))
    .map(recordingShown);
  return { status: 200, body: { items } };
};

const readRecording = (state: FakeWebexState, id: string): Answer => {
  const recording = state.recordings.get(id);
  return recording === undefined || recording.status === 'purged'
    ? refused(404, 'not found')
    : { status: 200, body: recordingShown(recording) };
};

/** Which operation this is, and what it would do; the state changes only when it is performed. */
export const answerOperation = (state: FakeWebexState, { method, path, query, body, authorization }: Asked): Operation => {
  if (path === '/access_token') return { operation: 'renew-token', perform: () => renewToken(state, body) };
  const authorised =
    (perform: () => Answer): (() => Answer) =>
    () =>
      state.accessTokens.has(authorization.replace(/^Bearer /, '')) ? perform() : refused(401, 'unauthorized');
  const [, kind, id = ''] = path.split('/').map(decodeURIComponent);
  const of = (operation: FakeOperation, perform: () => Answer): Operation => ({ operation, perform: authorised(perform) });
  if (kind === 'recordings') {
    return id === '' ? of('find-recordings', () => findRecordings(state, query)) : of('read-recording', () => readRecording(state, id));
  }
  if (method === 'POST') return of('create-meeting', () => createMeeting(state, body));
  if (method === 'PATCH') return of('move-meeting', () => moveMeeting(state, id, body));
  if (method === 'DELETE') return of('remove-meeting', () => removeMeeting(state, id, query.get('hostEmail')));
  if (id === '') return of('find-meetings', () => findMeetings(state, query));
  return of('read-meeting', () =>
    onMeeting(state, id, query.get('hostEmail'), (meeting) => ({ status: 200, body: meetingShown(meeting) })),
  );
};
