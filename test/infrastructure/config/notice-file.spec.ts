import { noteNoticeInForce } from '../../../src/application/booking/notice-in-force';
import { recordingNoticeFor, recordingNoticeOf } from '../../../src/domain/ticket/request-ticket';
import { policiesWith } from '../../../src/domain/policies';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { bookingToken, lookupBody, online, startSeeded } from '../../http/support/service';

const own = { version: '2027-1', ro: 'Se înregistrează și se păstrează {period}.', en: 'It is recorded, and kept for {period}.' };
const timed = JSON.stringify({ 'recording-period': { value: { days: 90 }, version: 2 } });

const read = (content: object | string, policies?: string) => {
  const files: Record<string, string> = { '/n': typeof content === 'string' ? content : JSON.stringify(content), '/p': policies ?? '{}' };
  const environment = { TICHET_RECORDING_NOTICE_FILE: '/n', ...(policies === undefined ? {} : { TICHET_POLICIES_FILE: '/p' }) };
  return readSettings(environment, (path) => files[path] ?? '').settings.recordingNotice;
};
const faults = (...given: Parameters<typeof read>): readonly string[] => {
  try {
    read(...given);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults.map(({ setting, en }) => `${setting}: ${en}`);
  }
  return [];
};

describe('A14, version 2: the recording notice as a setting', () => {
  it('has its version and both texts, and says how long the recording is kept', () => {
    const notice = read(own, timed);
    expect(recordingNoticeFor(90, notice)).toEqual({
      version: '2027-1+90',
      text: { ro: 'Se înregistrează și se păstrează 90 de zile.', en: 'It is recorded, and kept for 90 days.' },
      keptDays: 90,
    });
    expect(recordingNoticeFor(undefined, notice).text.en).toBe('It is recorded, and kept for the retention period of City Hall.');
    expect(recordingNoticeFor().version).toBe('2026-1');
  });

  it.each<readonly [string, object | string, string | undefined]>([
    ['is not JSON', 'no', undefined],
    ['has no version', { ...own, version: '' }, undefined],
    ['has a version with a + in it', { ...own, version: '2027+1' }, undefined],
    ['has the version of the notice that is shipped', { ...own, version: '2026-1' }, undefined],
    ['has one language', { version: '2027-1', ro: 'x' }, undefined],
    ['has another field', { ...own, de: 'x' }, undefined],
    ['says nothing of the period that a policy has set', { ...own, en: 'It is recorded.' }, timed],
  ])('is refused where it %s', (_, content, policies) => {
    expect(faults(content, policies)).toEqual([expect.stringMatching(/^TICHET_RECORDING_NOTICE_FILE: ./)]);
  });

  it('is refused once its text has changed under the same version, and not under a new one', async () => {
    const ports = createTestPorts();
    const notice = recordingNoticeOf(policiesWith(), read(own));
    const changed = { ...notice, text: { ...notice.text, en: 'It is not recorded.' } };
    expect([
      await noteNoticeInForce(ports, notice),
      await noteNoticeInForce(ports, notice),
      await noteNoticeInForce(ports, changed),
    ]).toEqual([true, true, false]);
    expect(await noteNoticeInForce(ports, { ...changed, version: '2027-2' })).toBe(true);
    // what the first version said is kept
    expect(await noteNoticeInForce(ports, notice)).toBe(true);
    const recordingNotice = { version: '2027-1', text: { ro: 'Altceva.', en: 'Something else.' } };
    const { cityHall } = ports;
    await expect(startSeeded({ cityHall: { ...cityHall, recordingNotice }, operations: ports.operations }, { own: true })).rejects.toThrow(
      SettingsInvalid,
    );
  });

  it('is what is shown before online is chosen, and what its acceptance names', async () => {
    const { cityHall } = createTestPorts();
    const service = await startSeeded({
      cityHall: { ...cityHall, recordingNotice: { version: '2027-1', text: { ro: own.ro, en: own.en } } },
    });
    const shown = await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody, headers: { 'accept-language': 'en' } });
    expect(shown.body).toMatchObject({
      recordingNotice: { version: '2027-1', text: expect.stringContaining('kept for the retention period') },
    });
    const book = async (recordingNoticeVersion: string) =>
      service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: { ...online, recordingNoticeVersion } });
    expect(await book('2026-1')).toMatchObject({ status: 422, body: { code: 'notice-not-accepted', noticeVersion: '2027-1' } });
    expect((await book('2027-1')).status).toBe(201);
  });
});
