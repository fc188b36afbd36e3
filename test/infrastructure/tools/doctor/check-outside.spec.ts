import { checkOutside } from '../../../../src/infrastructure/tools/doctor/examine';
import type { ExaminedInstallation, Kept } from '../../../../src/infrastructure/tools/doctor/finding';
import { statusKey, type OutsideStatus } from '@tichet-albastru/signed-log';

const now = '2026-03-06T09:00:00.000Z';

const found = async (standings: Readonly<Record<string, OutsideStatus>>, outside = Object.keys(standings)) => {
  const kept: Pick<Kept, 'register'> = {
    register: (name) => {
      const [, standing] = Object.entries(standings).find(([of]) => statusKey(of) === name) ?? [];
      return Promise.resolve(standing && JSON.stringify(standing));
    },
  };
  const findings = await checkOutside({ kept, outside, now: () => now } as unknown as ExaminedInstallation);
  return findings.map(({ check, wrong }) => [check, wrong.en]);
};
const place = 'somewhere';

describe('the doctor, of those who keep checkpoints elsewhere', () => {
  it('finds nothing where nobody is set, or all confirm', async () => {
    expect(await found({})).toEqual([]);
    expect(await found({ folder: { place, size: 5, at: now } })).toEqual([]);
    expect(await found({ folder: { place, size: 5, waitingSince: '2026-03-05T09:00:01.000Z' } })).toEqual([]);
  });

  it('finds who has been away for a day', async () => {
    const away = { place, size: 5, waitingSince: '2026-03-05T09:00:00.000Z' };
    expect(await found({ folder: away, control: away })).toEqual([
      ['witness-silent', 'For more than 24 hours no seal was confirmed by: folder, control.'],
    ]);
  });

  it('finds who contradicts the log', async () => {
    const refused = { place, size: 5, waitingSince: '2026-03-01T09:00:00.000Z', refused: 'knows-longer-log' } as const;
    expect(await found({ control: refused })).toEqual([['witness-refused', 'The witness control says: a longer log than ours.']]);
  });

  it('does not look at one that is no longer set', async () => {
    expect(await found({ old: { place, size: 5, refused: 'forgot' } }, [])).toEqual([]);
  });
});
