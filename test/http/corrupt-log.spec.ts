import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { createApplication } from '../../src/infrastructure/service/application';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { newestFault } from '@tichet-albastru/event-log/codec/verify-chain';
import { createTestPorts, silentLogger } from '../../src/infrastructure/testing/test-ports';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { settingsOf, tichet } from '../infrastructure/tools/command-line/captured';
import { tellDemo } from '../../src/infrastructure/tools/demo/tell-demo';
import { closing, emptyFolder } from '../support/closing';

let told: readonly Recorded[] = [];
let folder = '';
beforeAll(async () => {
  folder = emptyFolder();
  const opened = await openPorts(settingsOf(folder));
  await tellDemo(opened, '2026-11-25T14:00:00.000Z');
  const events: Recorded[] = [];
  for await (const event of opened.ports.store.readAll()) events.push(event);
  told = events;
  await opened.close();
});

/** The events that were told, with one of them changed. */
const changedAt = (place: number, change: Partial<Recorded>) => {
  const ports = createTestPorts();
  ports.store.end = () => Promise.resolve(told.at(-1)?.position ?? '');
  ports.store.readAll = async function* ({ after = '', limit = Infinity } = {}) {
    let left = limit;
    for (const [index, event] of told.entries()) {
      if (event.position <= after || left <= 0) continue;
      left -= 1;
      yield await Promise.resolve(index === place ? { ...event, ...change } : event);
    }
  };
  return ports;
};

describe('the newest events, looked at before the service is ready', () => {
  it('A whole log has no fault, an empty one neither', async () => {
    expect(await newestFault(changedAt(-1, {}))).toBeUndefined();
    expect(await newestFault(createTestPorts())).toBeUndefined();
  });

  it.each<[string, Partial<Recorded>]>([
    ['hash-differs', { body: '{"type":' }],
    ['hash-differs', { hash: 'ab'.repeat(32) }],
    ['hash-differs', { revision: 99 }],
  ])('%s: %j', async (reason, change) => {
    const place = told.length - 3;
    const { id, position } = told[place] ?? {};
    expect(await newestFault(changedAt(place, change))).toEqual({ eventId: id, position, reason });
  });

  it('looks at as many as it is told to, and no further back', async () => {
    const change = { hash: 'ab'.repeat(32) };
    expect(await newestFault(changedAt(told.length - 11, change), 10)).toBeUndefined();
    expect(await newestFault(changedAt(told.length - 10, change), 10)).toMatchObject({ reason: 'hash-differs' });
  });

  it('a broken event: the journal names it, readiness says 503, reads go on, and a rebuild names it too', async () => {
    const { id, position } = told.findLast(({ type }) => type === 'Requested') ?? { id: '', position: '' };
    const database = openSqlite(join(folder, 'events.db'));
    database.exec('DROP TRIGGER events_never_change');
    database.prepare(`UPDATE events SET data = '{"type":' WHERE id = ?`).run(id);
    database.close();
    const rebuilt = await tichet(folder, 'projections', 'rebuild', 'ticket-status');
    expect(rebuilt.exit).toBe(1);
    expect(rebuilt.stdout + rebuilt.stderr).toContain(id);
    expect(rebuilt.stdout + rebuilt.stderr).toContain(position);
    const lines: unknown[] = [];
    const logger = { ...silentLogger, error: (...line: unknown[]) => lines.push(line) };
    const app = closing(await createApplication({ settings: settingsOf(folder), ports: { logger }, processes: false }));
    const opened = app.get<OpenedPorts>(openedToken);
    const answer = await app.inject({ url: '/health/ready' });
    expect([answer.statusCode, answer.body]).toEqual([503, '{"status":"log-corrupt"}']);
    expect(lines).toContainEqual(['log.corrupt', { eventId: id, position, reason: 'hash-differs' }]);
    const from = '2026-11-25';
    expect((await app.inject({ url: `/api/v1/slots?from=${from}&to=${from}` })).statusCode).not.toBe(500);
    expect(await opened.ports.readModels.count('ticket-status')).toBeGreaterThan(0);
  });
});
