import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bookOnce } from './host';
import { booked } from './expected';

const folder = mkdtempSync(join(tmpdir(), 'tichet-host-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('Art. 3: a meeting is booked through an application of a host’s own', async () => {
  expect(await bookOnce({ folder, eventStore: 'memory', document: true })).toEqual({ ...booked, document: 200 });
});
