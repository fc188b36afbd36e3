import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStoredTokens } from '../../../../../src/infrastructure/outside/video/webex/stored-tokens';
import { rescheduleTicket } from '../../../../../src/application/booking/move-meeting';
import { cancelTicket } from '../../../../../src/application/booking/cancel-ticket';
import { FakeWebex } from '../../../../support/webex/fake-webex';
import { startReferee } from '../../../../support/webex/referee';
import { createWebexWorld, webexKey, type WebexWorld } from '../../../../support/webex/webex-world';
import { emptyFolder } from '../../../../support/closing';

const ours = join(__dirname, '../../../../support/webex/webex.openapi.yaml');

/** Everything that the adapter ever asks, through the referee; whatever breaks the description is answered with 4xx or 5xx. */
const wholeLife = async (world: WebexWorld): Promise<string> => {
  const { ports, webex } = world;
  const ticketId = await world.book();
  await world.drain();
  const holdId = ports.identifiers.next();
  await rescheduleTicket(ports)(world.context('citizen'), { ticketId, by: 'citizen', startsAt: '2026-03-05T09:00:00.000Z', holdId });
  webex.next('move-meeting', { kind: 'lies', change: (body) => ({ ...(body as object), webLink: 'none' }) });
  await world.drain();
  const [meeting] = world.meetings();
  if (meeting === undefined) throw new Error(`no meeting: ${JSON.stringify(world.logger.lines)}`);
  const host = { email: meeting.hostEmail };
  const slot = { startsAt: '2026-03-05T09:00:00.000Z', endsAt: '2026-03-05T09:15:00.000Z' };
  const timeRecorded = '2026-03-05T09:01:00.000Z';
  const recording = { id: 'rec-1', meetingId: meeting.id, hostEmail: host.email, timeRecorded, durationSeconds: 800 };
  webex.state.recordings.set('rec-1', { ...recording, status: 'available' });
  const opened = world.open();
  expect(await opened.meetings.recordings({ meetingId: meeting.id, slot, host })).toHaveLength(1);
  expect(await opened.meetings.recordingStands({ recordingId: 'rec-1', host })).toBe('there');
  await opened.close();
  await cancelTicket(ports)(world.context('citizen'), { ticketId, by: 'citizen' });
  await world.drain();
  return ticketId;
};

describe('what is asked of Webex, and what the fake one answers', () => {
  let url = '';
  const throughReferee = async (description: string): Promise<WebexWorld> => {
    const webex = await new FakeWebex().start();
    ({ url } = await startReferee(description, webex.url));
    return createWebexWorld({ at: () => url, webex });
  };

  it('is as the description says, in every operation (Prism between the two)', async () => {
    const hall = await throughReferee(ours);
    const ticketId = await wholeLife(hall);
    expect(await hall.types(ticketId)).toContain('MeetingRemoved');
    expect(hall.meetings()).toEqual([]);
    expect([...new Set(hall.webex.asked)].sort()).toEqual([
      'create-meeting',
      'find-meetings',
      'find-recordings',
      'move-meeting',
      'read-meeting',
      'read-recording',
      'remove-meeting',
      'renew-token',
    ]);
    expect(hall.logger.lines.map(({ event }) => event)).not.toContain('webex.refused');
  });

  it('would be stopped by the referee when it were not (so that the test can see it)', async () => {
    const hall = await throughReferee(ours);
    const answer = await fetch(`${url}/meetings?hostEmail=nobody`, { headers: { authorization: 'Bearer x' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    hall.webex.next('create-meeting', { kind: 'lies', change: (body) => ({ ...(body as object), id: 7 }) });
    await hall.book();
    await hall.drain();
    expect(hall.logger.lines).toContainEqual(expect.objectContaining({ event: 'webex.refused' }));
  });

  const described = process.env['TICHET_TEST_WEBEX_DESCRIPTION'] ?? '';
  const named = described !== '' && existsSync(described);
  if (!named) process.stderr.write('Skipped: TICHET_TEST_WEBEX_DESCRIPTION names no description of Webex by its maker.\n');
  (named ? it : it.skip)('is as the maker of Webex describes it (TICHET_TEST_WEBEX_DESCRIPTION)', async () => {
    const folder = emptyFolder();
    const hall = await throughReferee(inOurWords(described, folder));
    // the maker's description of meetings has no tokens in it
    hall.webex.state.accessTokens.add('given');
    const kept = createStoredTokens(hall.ports.operations.keyValues, webexKey);
    await kept.keep({ accessToken: 'given', expiresAt: '2027-01-01T00:00:00.000Z', refreshToken: 'r', first: kept.tagOf('first-token') });
    const ticketId = await wholeLife(hall);
    expect(hall.logger.lines.filter(({ event }) => event === 'webex.refused')).toEqual([]);
    expect(await hall.types(ticketId)).toContain('MeetingRemoved');
  });
});

/** It writes a sentence where a default is meant, and empty contents where it means none. */
const isMeant = (name: string, value: unknown): boolean => {
  if (name === 'default') return typeof value !== 'string' || !value.includes(' ');
  return name !== 'content' || JSON.stringify(value) !== '{}';
};

/** It says json-patch where Webex takes JSON, and names a character set that JSON has not. */
const inOurWords = (path: string, folder: string): string => {
  const text = readFileSync(path, 'utf8').replaceAll(/application\/json(-patch\+json|;charset=UTF-8)/g, 'application/json');
  const file = join(folder, 'webex.json');
  const plain: unknown = JSON.parse(text, (name, value: unknown) => (isMeant(name, value) ? value : undefined));
  writeFileSync(file, JSON.stringify(plain));
  return file;
};
