import { personal } from '../../../src/domain/kernel/personal-text';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import { allowSharedHour } from '../../../src/domain/request/shared-hour';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, refused } from '../../support/decided';
import { at, known } from './line';

const startsAt = '2026-03-05T08:00:00.000Z';
const reason = personal('office', 'Vine pentru două firme.');
const allow =
  (changes: Partial<Parameters<typeof allowSharedHour>[0]> = {}) =>
  (state: RequestState) =>
    allowSharedHour({ startsAt, reason, allowedBy: 's001', at, ...changes }, state);

describe('A24: two meetings of one citizen at one hour', () => {
  it('are allowed by a head, with a reason, once', () => {
    expect(known.when(allow())).toEqual(oneFact('SharedHourAllowed', { startsAt, reason, allowedBy: 's001', allowedAt: at }));
    const allowed = known.after(allow());
    expect(allowed.state).toMatchObject({ sharedHours: [startsAt] });
    expect(allowed.when(allow())).toEqual(nothing);
    expect(allowed.when(allow({ startsAt: '2026-03-05T08:15:00.000Z' }))).toMatchObject(oneFact('SharedHourAllowed'));
  });

  it.each([
    [
      'Art. 6: an hour that is none',
      { startsAt: '2026-03-05T08:10:00.000Z' },
      { article: '6', details: { field: 'startsAt', reason: 'not-on-grid' } },
    ],
    ['an hour that begins now', { at: startsAt }, { details: { field: 'startsAt', reason: 'in-the-past' } }],
    ['no reason', { reason: personal('office', ' ') }, { details: { field: 'reason', reason: 'empty' } }],
  ])('is refused: %s', (_, changes, why) => {
    expect(known.when(allow(changes))).toMatchObject({ code: 'invalid', ...why });
  });

  it('of a request that nobody knows', () => {
    expect(given(registeredRequest).when(allow())).toMatchObject(refused('request-not-found'));
  });
});
