import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { officialToken } from '../support/official-token';
import { createTestDatabase } from '../support/postgres';
import { createServices } from '../support/service';
import { shiftClock } from '../support/shift-clock';
import { createCaller } from './over-http/caller';
import { codeOf, lookup, monday, populate, staffIds } from './over-http/city';

const bookings = 8;
const ahead = 10 * 60_000;

describe('two processes on one PostgreSQL whose clocks are ten minutes apart', () => {
  it('Art. 3 e, 4: lose no booking, hide none from either, keep no letter waiting, and say so', async () => {
    const database = await createTestDatabase();
    const services = await createServices(2, { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: database.url });
    const [one, other] = services;
    if (one === undefined || other === undefined) throw new Error('There are not two.');
    try {
      one.moveClockTo(monday);
      const clockFile = join(other.folder, 'clock-of-the-other');
      shiftClock(clockFile, Date.parse(monday) + ahead);
      // the first holds the leases: what the other writes is of the future for it
      await one.start();
      await other.start({ TEST_CLOCK_FILE: clockFile });
      const callers = services.map(({ url }) => createCaller(url, 4));
      const [caller, ofOther] = callers;
      if (caller === undefined || ofOther === undefined) throw new Error('There are not two.');
      const requests = Array.from({ length: bookings }, (_, n) => ({ number: String(600_000 + n), staffId: staffIds[n % 4] ?? '' }));
      await populate(one, caller, requests);
      for (const [n, { number }] of requests.entries()) {
        // what the first asks for has no time left at the other: a code lives ten minutes
        const asks = n % 2 === 0 ? ofOther : caller;
        const { bookingToken } = (await lookup(asks, number)).body;
        const startsAt = n < 4 ? '2026-03-09T07:00:00.000Z' : '2026-03-09T08:00:00.000Z';
        const body = { startsAt, mode: 'in-person', email: `c${String(n)}@example.org` };
        const asked = await asks.call('POST', '/api/v1/tickets', { token: bookingToken, body });
        expect([n, asked.status, asked.text]).toEqual([n, 201, asked.text]);
        const { ticketId, manageToken } = asked.body;
        const code = await codeOf(one, ticketId);
        const path = `/api/v1/tickets/${ticketId}/verification`;
        const verified = await caller.call('POST', path, { token: manageToken, body: { code } });
        expect([n, verified.status, verified.body.status]).toEqual([n, 200, 'scheduled']);
      }
      const letters = (): number =>
        services
          .map(({ dataFolder }) => join(dataFolder, 'outbox'))
          .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
          .filter((name) => name.endsWith('.eml')).length;
      // an invitation each; by the times of the first clock half of them would be due in ten minutes
      while (letters() < bookings) await sleep(100);
      for (const at of callers) {
        const token = await officialToken(one, { role: 'auditor' });
        const { text } = await at.call('GET', '/api/v1/audit/tickets', { token });
        expect(text.match(/"ticketId"/g)).toHaveLength(bookings);
        expect(text).not.toContain('"overall":"fail"');
      }
      while (!services.some((service) => service.output().includes('clock.facts-out-of-order'))) await sleep(100);
      expect(one.output()).toContain('clock.behind-the-log');
      for (const at of callers) at.close();
    } finally {
      for (const service of services) await service.dispose();
      await database.drop();
    }
  });
});
