import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { acknowledgedUntil } from './acknowledged-until';
import { standing } from './standing';
import { emptyFolder } from '../support/closing';

const kills = process.env['FAULTS'] === 'full' ? 200 : 12;

let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});

/** Lets a child append, kills it at a random moment after its first acknowledgements. @returns what it had acknowledged */
const killWhileAppending = (): Promise<readonly string[]> =>
  acknowledgedUntil({ program: 'appending-child.ts', argv: [folder], within: 120 }, (child) => {
    child.kill('SIGKILL');
  });

const standingNow = async (): Promise<ReadonlySet<string>> => {
  const lock = lockDataFolder(folder);
  const store = await openSqliteEventStore({ folder });
  const ids = await standing(store);
  await store.close();
  lock.release();
  return ids;
};

it(`loses no acknowledged event in ${kills} kills, and the chains stay whole`, async () => {
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < kills; kill += 1) {
    for (const id of await killWhileAppending()) acknowledged.add(id);
    if (kill % 4 !== 3) continue;
    const ids = await standingNow();
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(kills);
});

it('catches a store that acknowledges before the commit', async () => {
  // this child kills itself between the two: another moment would be luck
  const acknowledged = await acknowledgedUntil({ program: 'appending-child.ts', argv: [folder, 'early'], within: 0 }, () => undefined);
  const ids = await standingNow();
  expect(acknowledged.filter((id) => !ids.has(id))).not.toEqual([]);
});
