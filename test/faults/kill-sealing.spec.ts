import { acknowledgedUntil } from './acknowledged-until';
import { sealAgain } from './sealed-folder';
import { emptyFolder } from '../support/closing';

const kills = process.env['FAULTS'] === 'full' ? 100 : 3;

it(`${kills} times kill -9 while the log is sealed: what was signed stays, the next start goes on, and nothing is taken for tampering`, async () => {
  const folder = emptyFolder();
  const signed: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const sizes = await acknowledgedUntil({ program: 'sealing-child.ts', argv: [folder], within: 200, lines: 2 }, (child) => {
      child.kill('SIGKILL');
    });
    signed.push(...sizes.map(Number));
    const { sizes: standing, fault, proved, events } = await sealAgain(folder);
    expect(fault).toBeUndefined();
    expect(signed.filter((size) => !standing.includes(size))).toEqual([]);
    expect(standing).toEqual([...standing].sort((a, b) => a - b));
    expect(proved).toBe(events);
  }
  expect(signed.length).toBeGreaterThan(kills);
});
