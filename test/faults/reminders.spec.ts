import { simulate } from '../support/reminders/simulated-reminders';
import { storages, throughTheRunner, type Storage } from '../support/reminders/through-the-runner';
import { brokenProcesses } from '../support/reminders/broken-processes';

const inFull = process.env['FAULTS'] === 'full';
/** Of one log at a time: in memory every look goes through all rows. Its seed is 2026 and the meetings of the logs before it. */
const inOneLog = { memory: 200, sqlite: 1_000 } as const;

describe('reminders of very many meetings', () => {
  it('no reminder is wrong, missing or double in the pure process (FAULTS=full: a million meetings)', () => {
    const { wrong, sent, leftOut } = simulate(inFull ? 1_000_000 : 100_000, 2026);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(100_000);
    expect(leftOut).toBeGreaterThan(1_000);
  });

  it.each(Object.keys(storages) as Storage[])(
    'nor through the real runner, projector, codec and stores: %s (FAULTS=full: fifty thousand meetings)',
    async (storage) => {
      const all = inFull ? 50_000 : 1_000;
      const wrong: string[] = [];
      const seen = { letters: 0, leftOut: 0, again: 0, crashes: 0, either: 0 };
      for (let done = 0; done < all && wrong.length === 0; done += inOneLog[storage]) {
        const meetings = Math.min(inOneLog[storage], all - done);
        const report = await throughTheRunner({ meetings, seed: 2026 + done, storage });
        wrong.push(...report.wrong);
        for (const what of ['letters', 'leftOut', 'again', 'crashes', 'either'] as const) seen[what] += report[what];
      }
      expect(wrong).toEqual([]);
      expect(seen.letters).toBeGreaterThan(all / 2);
      // of which it cannot be said whether they should have left
      expect(seen.either).toBeLessThan(seen.letters / 50);
      expect(seen.leftOut).toBeGreaterThan(all / 100);
      // a process that never ended in the middle would prove little
      expect(seen.crashes).toBeGreaterThan(all / 100);
      expect(seen.again).toBeGreaterThan(all / 1000);
    },
  );

  it.each(Object.entries(brokenProcesses))('it is found that %s', async (_, process) => {
    const { wrong } = await throughTheRunner({ meetings: 200, seed: 7, storage: 'memory', process });
    expect(wrong).not.toEqual([]);
    if (process === brokenProcesses['every letter waits for a quarter of an hour']) expect(wrong.join()).toContain('late ');
  });
});
