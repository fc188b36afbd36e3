import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { serveWithSocket } from '../../../../src/infrastructure/tools/local-socket/serve-with-socket';
import type { RunningService } from '../../../../src/infrastructure/service/serve';
import { everyPlace, type Place } from '../../../support/places';
import { requestsCsv, staffCsv } from '../../../story/support/bookings';
import { eventually } from '../../../support/eventually';
import { environmentOf, tichetIn } from './captured';
import { emptyFolder } from '../../../support/closing';
import { awaitedCodeOf } from '../../../support/codes';

type Answered = {
  readonly bookingToken: string;
  readonly ticketId: string;
  readonly manageToken: string;
  readonly slots: readonly { readonly startsAt: string }[];
  readonly findings: readonly { readonly check: string }[];
  readonly letters: readonly { readonly ticketId: string; readonly state: string }[];
  readonly projections: readonly { readonly position: string; readonly name: string }[];
  readonly tickets: readonly { readonly ticketId: string; readonly overall: string; readonly verdicts: Readonly<Record<string, string>> }[];
  readonly end: string;
};
const json = (text: string): Answered => JSON.parse(text) as Answered;
const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe.each(everyPlace.slice(1))('tichet, $name', ({ open }) => {
  let place: Place;
  let folder = '';
  let service: RunningService | undefined;
  let ticketId = '';

  const environment = (): Record<string, string> => ({ ...environmentOf(folder), ...place.settings });
  const tichet = (...argv: readonly string[]) => tichetIn(environment(), argv);
  const found = async (): Promise<readonly string[]> => json((await tichet('doctor', '--json')).stdout).findings.map(({ check }) => check);
  const start = async (): Promise<void> => {
    service = await serveWithSocket(readSettings(environment(), () => '').settings);
  };
  const stop = async (): Promise<void> => {
    await service?.stop();
    service = undefined;
  };
  const call = async (method: string, path: string, token?: string, body?: object): Promise<Answered> => {
    const answer = await fetch(`${service?.url ?? ''}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return json(text);
  };

  beforeAll(async () => {
    place = await open();
    folder = emptyFolder();
    await start();
  });
  afterAll(stop);

  it('imports through the service, which books and writes letters; a token of the command line opens it', async () => {
    for (const [what, text] of [
      ['staff', staffCsv],
      ['requests', requestsCsv([{ number: '500001', applicant: 'Țurcanu Ștefan' }])],
    ] as const) {
      const file = join(emptyFolder(), what);
      writeFileSync(file, text);
      expect(await tichet('import', what, file)).toMatchObject({ exit: 0, stderr: '' });
    }
    const { bookingToken } = await call('POST', '/requests/lookup', undefined, {
      requestNumber: '500001',
      applicantName: 'Stefan Turcanu',
      filedOn: '2026-02-02',
    });
    const { slots } = await call('GET', `/slots?from=${dayFromNow(3)}&to=${dayFromNow(16)}`, bookingToken);
    const wish = { startsAt: slots[0]?.startsAt, mode: 'in-person', email: 'stefan@exemplu.ro' };
    const booked = await call('POST', '/tickets', bookingToken, wish);
    ({ ticketId } = booked);
    const letter = await eventually('the letter', async () => json((await tichet('letters', 'list', '--json')).stdout).letters[0]);
    expect(letter).toMatchObject({ ticketId, state: 'accepted' });
    const code = service && (await awaitedCodeOf(service.opened.ports, ticketId));
    await call('POST', `/tickets/${ticketId}/verification`, booked.manageToken, { code });
    await call('POST', `/tickets/${ticketId}/cancel`, booked.manageToken, {});
    const token = (await tichet('token', '--role', 'auditor', '--person', 'Ana Pop')).stdout.trim();
    expect(await call('GET', `/audit/tickets/${ticketId}`, token)).toMatchObject({ ticketId });
    expect((await tichet('token', '--role', 'staff', '--staff', 'zzz')).exit).toBe(3);
  });

  it('reads beside the service', async () => {
    // tables follow the log when they get to it
    const health = await eventually('all tables are there', async () => {
      const found = await tichet('doctor');
      return found.exit === 0 ? found : undefined;
    });
    expect(health).toEqual({ exit: 0, stdout: expect.stringMatching(/^Everything is in order\.\nNode .*\n$/) as string, stderr: '' });
    expect(await tichet('replay', ticketId)).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/Requested[^]*Scheduled[^]*Cancelled/),
    });
    expect((await tichet('replay', ticketId, '--personal')).stdout).toContain('stefan@exemplu.ro');
    expect((await tichet('replay', ticketId)).stdout).not.toContain('stefan@exemplu.ro');
    expect((await tichet('replay', 'TA-00000000')).exit).toBe(3);
    const { tickets } = json((await tichet('audit', '--json')).stdout);
    expect(tickets).toEqual([expect.objectContaining({ ticketId })]);
    expect((await tichet('export', '--format', 'csv')).stdout.trim().split('\n')).toHaveLength(2);
    expect((await tichet('export')).stdout).not.toMatch(/exemplu\.ro|Țurcanu/);
    const { projections, end } = json((await tichet('projections', 'list', '--json')).stdout);
    expect(projections.filter(({ position }) => position !== end)).toEqual([]);
    expect(await tichet('projections', 'parked')).toMatchObject({ exit: 0 });
  });

  it('is not copied as a folder', async () => {
    for (const command of ['backup', 'restore']) {
      const { exit, stdout, stderr } = await tichet(command, emptyFolder());
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toContain('This command copies a data folder');
    }
  });

  it.each([true, false])('rebuilds and forgets, with a service: %s', async (served) => {
    if (!served) await stop();
    expect(await tichet('projections', 'rebuild', 'ticket-status')).toMatchObject({ exit: 0, stdout: 'ticket-status: switched\n' });
    expect((await tichet('projections', 'parked', '--retry', '77')).exit).toBe(3);
    expect((await tichet('letters', 'retry', 'a\0b')).exit).toBe(3);
    const forgotten = await tichet('forget', ...(served ? [ticketId] : ['500001_2026-02-02']), '--reason', 'cerere');
    expect(forgotten).toMatchObject({ exit: 0, stderr: '' });
    expect((await tichet('replay', ticketId, '--personal')).stdout).not.toContain('stefan@exemplu.ro');
    expect(await found()).toEqual([]);
    expect(json((await tichet('projections', 'list', '--json')).stdout).projections.length).toBeGreaterThan(10);
  });
});
