import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { serveWithSocket } from '../../../../src/infrastructure/tools/local-socket/serve-with-socket';
import { writeTelephoneTickets } from '../../../bench/support/logs';
import { requestsCsv, staffCsv } from '../../../story/support/bookings';
import { eventually } from '../../../support/eventually';
import { emptyFolder } from '../../../support/closing';
import { pourAsOthers } from '../../../support/eventstoredb/bystanders';
import type { Emulator } from '../../../support/eventstoredb/emulator';
import { onEventStoreDb } from '../../../support/places';
import { environmentOf, tichetIn } from './captured';

const lines = Array.from({ length: 20 }, (_, n) => ({ number: String(500_001 + n), applicant: `Ion Pop ${n}` }));

describe('commands over a log that is kept on a server', () => {
  let environment: Record<string, string>;
  let emulator: Emulator;
  let events: number;

  beforeAll(async () => {
    const place = await onEventStoreDb();
    ({ emulator } = place);
    environment = { ...environmentOf(emptyFolder()), ...place.settings, TICHET_EVENTSTOREDB_PREFIX: '' };
    const { settings: chosen } = readSettings(environment, () => '');
    const opened = await openPorts(chosen);
    for (let from = 0; from < 40; from += 10) {
      pourAsOthers(emulator.log, 2_000);
      await writeTelephoneTickets(opened.ports.store, opened.ports.codec, from, from + 10);
    }
    await opened.close();
    const service = await serveWithSocket(chosen);
    for (const [what, text] of [
      ['staff', staffCsv],
      ['requests', requestsCsv(lines)],
    ] as const) {
      const file = join(emptyFolder(), what);
      writeFileSync(file, text);
      expect(await tichetIn(environment, ['import', what, file])).toMatchObject({ exit: 0, stderr: '' });
    }
    await eventually('tables at the end of the log', async () => ((await tichetIn(environment, ['doctor'])).exit === 0 ? true : undefined));
    await service.stop();
    events = (JSON.parse((await tichetIn(environment, ['verify', '--json'])).stdout) as { readonly events: number }).events;
  });

  /** What the server did for a command: readings it was asked for, and events that it sent. */
  const costOf = async (...argv: readonly string[]): Promise<{ readonly readings: number; readonly sent: number }> => {
    const now = () => ({
      readings: emulator.calls.get('read') ?? 0,
      sent: [...emulator.sent.values()].reduce((sum, count) => sum + count, 0),
    });
    const before = now();
    expect(await tichetIn(environment, argv)).toMatchObject({ exit: 0, stderr: '' });
    const after = now();
    return { readings: after.readings - before.readings, sent: after.sent - before.sent };
  };

  // opening asks for the end of the log, what stands where the tables are, and what is damaged: as much of a long log as of a short one
  const atMostToOpen = 11;

  // before an export the newest that was acknowledged is compared: all of so short a log, and of none more than 20,000 events
  it.each([
    ['doctor', 1],
    ['verify', 1],
    ['export', 2],
  ])('%s reads the log once, however many streams it has, and is sent nothing of others', async (command, times) => {
    const { readings, sent } = await costOf(command);
    expect(events).toBeGreaterThan(280);
    expect(readings).toBeLessThanOrEqual(atMostToOpen);
    expect(sent).toBeGreaterThanOrEqual(events);
    expect(sent).toBeLessThanOrEqual(times * events + atMostToOpen);
  });

  it('a rebuild of all tables reads it no more often than that of one', async () => {
    const [one, all] = [await costOf('projections', 'rebuild', 'staff-directory'), await costOf('projections', 'rebuild')];
    // each table looks for the end, and a derived one for an event that its rows are parked with
    expect(all.sent - one.sent).toBeLessThan(events / 2);
  });

  it('of others no more is sent than the one event at the end of the log, to whoever asks how far that is', () => {
    const theirs = [...emulator.sent].filter(([stream]) => !/^(ticket|request|staff|agenda|calendar|person|ops)-/.test(stream));
    expect(theirs.every(([, count]) => count < 20)).toBe(true);
  });
});
