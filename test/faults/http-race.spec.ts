import { createService } from '../support/service';
import { broken } from './over-http/broken';
import { cleanRace, raced } from './over-http/race';

const full = process.env['FAULTS'] === 'full';
const connections = 64;

describe(`racing bookings over HTTP by ${String(connections)} connections`, () => {
  const [racers, places] = full ? [10_000, 100] : [1_000, 20];

  it(`${String(racers)} for ${String(places)} slots: exactly so many tickets, no orphan hold, no orphan admission`, async () => {
    expect(await raced([await createService()], { connections, racers, places })).toEqual(cleanRace(1, places));
  });

  it('catches a store that does not look at the expected revision', async () => {
    const service = await createService(broken('no-expected-revision'));
    const { tickets, orphans } = await raced([service], { connections, racers: 200, places: 4 });
    expect(tickets).toBeGreaterThan(4);
    expect(orphans).toContainEqual(expect.stringMatching(/^two tickets at/));
  });
});
