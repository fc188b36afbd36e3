import type { Service } from '../support/service';
import { broken } from './over-http/broken';
import { endAgainAndAgain } from './over-http/end-again-and-again';

const full = process.env['FAULTS'] === 'full';

describe('kill -9 under load', () => {
  const kills = full ? 200 : 6;
  const end = (service: Service): Promise<void> => service.kill();

  it(`${String(kills)} times: nothing acknowledged is lost, chains are whole, every booking is finished or undone`, async () => {
    const { deeds, events, ...outcome } = await endAgainAndAgain({ times: kills, end });
    if (full) process.stderr.write(`${JSON.stringify({ kills, events, deeds })}\n`);
    expect(outcome).toEqual({ afterEnds: [], unexpected: [], orphans: [], faults: [] });
    for (const deed of ['book', 'verify', 'reschedule', 'cancel', 'start', 'held']) expect(deeds[deed]).toBeGreaterThan(0);
  });

  it('catches a store that acknowledges before the commit', async () => {
    // what was lost may have been sealed already, or stands in the notes of the process: then the next start finds it missing, and does not become ready
    const found = await endAgainAndAgain({ times: 4, end, settings: broken('early-acknowledgement'), patience: 0 }).then(
      ({ afterEnds }) => afterEnds.join('\n'),
      (error: unknown) => String(error),
    );
    expect(found).toMatch(/no event at its position|no fact|"reason":"log-shorter"|"msg":"log.acknowledged-missing"/);
  });

  it('catches a service that leaves bookings half done', async () => {
    const { orphans } = await endAgainAndAgain({ times: 1, end, settings: broken('no-booking-process'), patience: 4_000 });
    expect(orphans.length).toBeGreaterThan(0);
  });
});
