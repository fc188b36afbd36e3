import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { createApplication } from '../../src/infrastructure/service/application';
import { ReadingRecorder } from '../../src/infrastructure/api/access/reading-recorder';
import { readSettings } from '../../src/infrastructure/config/settings';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { readSettingsFile } from '../../src/infrastructure/nest/ports.module';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { applicantName, cityHall, filedOn, numberOf } from './support/city-hall';
import { inTurn, quantile, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';

const meetings = 25;
const day = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const monday = Date.now() + (15 - (new Date().getUTCDay() || 7)) * day;

/** The same service on the same kind of folder, with the recorder and without it. */
const serve = async (recorded: boolean) => {
  const environment = await cityHall({ people: 1, requests: meetings });
  const watch = Object.getOwnPropertyDescriptor(ReadingRecorder.prototype, 'watch') ?? {};
  if (!recorded) ReadingRecorder.prototype.watch = () => undefined;
  const app = await createApplication({ settings: readSettings(environment, readSettingsFile).settings, processes: false });
  Object.defineProperty(ReadingRecorder.prototype, 'watch', watch);
  const { ports, tokenKey } = app.get<OpenedPorts>(openedToken);
  const call = async (method: 'GET' | 'POST', url: string, token: string, payload?: object) => {
    const answer = await app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload ? { payload } : {}) });
    if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
    return answer.json<{ bookingToken: string; ticketId: string; slots: readonly { startsAt: string }[] }>();
  };
  const span = `from=${dateOf(monday)}&to=${dateOf(monday + 4 * day)}`;
  let ticketId = '';
  for (let n = 0; n < meetings; n += 1) {
    const { bookingToken } = await call('POST', '/api/v1/requests/lookup', '', { requestNumber: numberOf(n), applicantName, filedOn });
    const { slots } = await call('GET', `/api/v1/slots?${span}`, bookingToken);
    ({ ticketId } = await call('POST', '/api/v1/tickets', bookingToken, {
      startsAt: slots[n]?.startsAt,
      mode: 'in-person',
      phone: '0740 123 456',
    }));
  }
  const token = await localTokens(tokenKey, ports.clock).official({ role: 'staff', person: 's0' });
  const times = async (path: string, reads: number): Promise<number> => {
    const waits: number[] = [];
    for (let n = 0; n < reads; n += 1) waits.push(1000 * (await secondsFor(() => call('GET', path, token))));
    return quantile(waits, 0.5);
  };
  const stored = (): { readonly facts: number; readonly bytes: number } => {
    const log = openSqlite(pathIn(environment.TICHET_DATA_DIR, dataFiles.events), { readonly: true });
    const row = log
      .prepare<[], { facts: number; bytes: number }>(
        "SELECT count(*) AS facts, coalesce(avg(length(data)), 0) AS bytes FROM events WHERE stream LIKE 'reading-%'",
      )
      .get();
    log.close();
    return row ?? { facts: 0, bytes: 0 };
  };
  const calendar = `/api/v1/calendar?${span}`;
  return {
    app,
    calendar: (reads: number) => times(calendar, reads),
    ticket: (reads: number) => times(`/api/v1/tickets/${ticketId}`, reads),
    stored,
  };
};

/** What it costs to note who was shown what, per read, and how the log grows by it. */
export const measureReadingRecorded = async ({ rounds, reads }: { readonly rounds: number; readonly reads: number }): Promise<Section> => {
  const [without, recorded] = [await serve(false), await serve(true)];
  for (const one of [without, recorded]) await one.calendar(reads);
  const ticketsBefore = recorded.stored();
  const waits = await inTurn(rounds, {
    calendarWithout: () => without.calendar(reads),
    calendar: () => recorded.calendar(reads),
    ticketWithout: () => without.ticket(reads),
    ticket: () => recorded.ticket(reads),
  });
  const { facts, bytes } = recorded.stored();
  await without.app.close();
  await recorded.app.close();
  if (facts <= ticketsBefore.facts) throw new Error('Nothing was recorded.');
  const figure = (what: string, ours: readonly number[], raw: readonly number[]) => ({
    what,
    unit: 'ms',
    raw: spreadOf(raw),
    ours: spreadOf(ours),
    ratio: ratios(ours, raw),
  });
  return {
    title: `Reading is recorded (${meetings} meetings in the week)`,
    rawMeans: 'the same route without the recorder, one request after the other.',
    figures: [
      figure('calendar of a week', waits.calendar, waits.calendarWithout),
      figure('one ticket', waits.ticket, waits.ticketWithout),
      { what: 'stored bytes a reading, over both', unit: 'bytes', ours: spreadOf([bytes]) },
    ],
    whereTheTimeGoes: 'One encrypted append is on the disk before the answer; a calendar names all its tickets.',
  };
};
