import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { civilDateOf } from '../../../../src/domain/time/civil-time';
import { tichet } from './captured';
import { toldFolder } from './filled';

describe('tichet restrict', () => {
  let folder = '';
  let ticketId = '';
  const restrict = (...options: readonly string[]) => tichet(folder, 'restrict', ticketId, '--reason', 'adresa 12', ...options);
  const facts = async (): Promise<readonly string[]> => {
    const { steps } = JSON.parse((await tichet(folder, 'replay', ticketId, '--json')).stdout) as { steps: { type: string }[] };
    return steps.map(({ type }) => type);
  };
  beforeAll(async () => {
    ({ folder, concluded: ticketId } = await toldFolder());
  });

  it('GDPR 18: keeps the data of a ticket at the request of the person, whom nobody erases until it is lifted', async () => {
    expect(await restrict('--ground', 'claims', '--json')).toMatchObject({ exit: 0, stdout: expect.stringContaining('"restricted"') });
    expect((await restrict('--ground', 'claims')).exit).toBe(0);
    expect((await facts()).filter((type) => type === 'ProcessingRestricted')).toHaveLength(1);
    expect((await tichet(folder, 'forget', ticketId, '--reason', 'x')).exit).toBe(1);
    const today = civilDateOf(systemClock.now());
    expect(await restrict('--lift', '--told-on', today)).toMatchObject({ exit: 0, stdout: expect.stringContaining('lifted') });
    expect(await facts()).toContain('RestrictionLifted');
  });

  it.each([
    ['neither', [], 2],
    ['both', ['--ground', 'claims', '--lift', '--told-on', '2026-03-02'], 2],
    ['lifted without the day', ['--lift'], 2],
    ['an unknown ground', ['--ground', 'none'], 2],
  ] as const)('refuses what is not said wholly: %s', async (_, options, exit) => {
    expect((await restrict(...options)).exit).toBe(exit);
  });

  it('GDPR 18 (3): refuses a day that is to come, and no reason', async () => {
    await restrict('--ground', 'accuracy');
    expect((await restrict('--lift', '--told-on', '2099-01-01')).exit).toBe(5);
    expect((await tichet(folder, 'restrict', ticketId, '--reason', ' ', '--ground', 'claims')).exit).toBe(5);
  });
});
