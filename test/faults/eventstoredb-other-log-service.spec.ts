import { tichetIn } from '../infrastructure/tools/command-line/captured';
import { closing } from '../support/closing';
import { onEventStoreDb } from '../support/places';
import { createService, type Service } from '../support/service';
import { createCaller, type Caller } from './over-http/caller';
import { monday, populate, requestsOf } from './over-http/city';
import { bookInTurn, statusOf, type Booked } from './over-http/in-turn';
import { readinessOf, untilAlarmed } from './over-http/lost';

const requests = requestsOf(40);

const command = (service: Service, settings: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  tichetIn({ TICHET_DATA_DIR: service.dataFolder, TICHET_LOG_LEVEL: 'silent', PORT: '0', ...settings }, argv);

it.each(['an older copy', 'an empty log'])(
  'a service whose server comes back with %s acknowledges nothing into it, and no booking that it had acknowledged is silently absent from a table',
  async (name) => {
    const { settings, emulator } = await onEventStoreDb();
    const service = await createService(settings);
    service.moveClockTo(monday);
    await service.start();
    const caller: Caller = closing(createCaller(service.url, 4));
    await populate(service, caller, requests);
    const book = (from: number, to: number): Promise<readonly Booked[]> => bookInTurn([caller], requests, from, to);
    const before = await book(0, 3);
    const copy = emulator.copyOfLog();
    const behind = await book(3, 6);
    await emulator.putBack(name === 'an older copy' ? copy : undefined);
    const lost = name === 'an older copy' ? behind : [...before, ...behind];
    // whoever asks for his ticket is told neither that there is none nor that all is well, before the alarm as after it
    const told = new Set<unknown>();
    let readiness = '';
    while (!readiness.includes('log-corrupt')) {
      for (const one of lost) told.add(await statusOf(caller, one));
      readiness = await readinessOf(service);
      expect(readiness).not.toContain('"ready"');
    }
    for (const { ticketId, manageToken } of lost)
      told.add((await caller.call('GET', `/api/v1/tickets/${ticketId}`, { token: manageToken })).body.code);
    expect([...told]).toEqual([503, 'record-damaged']);
    // whoever goes on booking is refused from the first booking on
    for (let one = 6; one < 12; one += 1) await expect(book(one, one + 1)).rejects.toThrow();
    await untilAlarmed(service);
    const rebuilt = await command(service, settings, 'projections', 'rebuild', 'staff-calendar');
    expect([rebuilt.exit, rebuilt.stderr]).toEqual([6, expect.stringContaining('log-lacks')]);
    await service.kill();

    expect(await command(service, settings, 'accept-log', '--reason', 'copia de ieri')).toMatchObject({ exit: 0 });
    await service.start();
    const report = await command(service, settings, 'accept-log', 'report', '--json');
    const named = new Set(
      (JSON.parse(report.stdout) as { readonly lost: readonly { readonly stream: string }[] }).lost.map(({ stream }) => stream),
    );
    const table = (await command(service, settings, 'export', '--format', 'csv')).stdout;
    for (const one of [...before, ...behind]) {
      const stands = (await statusOf(caller, one)) === 200;
      expect([stands, table.includes(one.ticketId), named.has(`ticket-${one.ticketId}`)]).toEqual([stands, stands, !stands]);
    }
    expect((await command(service, settings, 'verify')).exit).toBe(0);
  },
);
