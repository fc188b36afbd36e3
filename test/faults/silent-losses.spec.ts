import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tichetIn } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder } from '../support/closing';
import { createService, type Service } from '../support/service';
import { createCaller, type Caller } from './over-http/caller';
import { monday, populate, requestsOf } from './over-http/city';
import { bookInTurn, statusOf, type Booked } from './over-http/in-turn';
import { idsIn, toldMissing, untilAlarmed, untilRemembered } from './over-http/lost';

const requests = requestsOf(40);

const command = (service: Service, ...argv: readonly string[]) =>
  tichetIn({ TICHET_DATA_DIR: service.dataFolder, TICHET_LOG_LEVEL: 'silent', TICHET_EVENT_STORE: 'sqlite', PORT: '0' }, argv);

const toldBy = async <T>(service: Service, ...argv: readonly string[]): Promise<T> =>
  JSON.parse((await command(service, ...argv, '--json')).stdout) as T;
const found = async (service: Service): Promise<readonly string[]> =>
  (await toldBy<{ readonly findings: readonly { readonly check: string }[] }>(service, 'doctor')).findings.map(({ check }) => check);

/** The log as it is just now, whole, in a file of its own. */
const logCopied = async ({ dataFolder }: Service): Promise<string> => {
  const copy = join(emptyFolder(), 'events.db');
  const database = openSqlite(join(dataFolder, 'events.db'), { readonly: true });
  await database.backup(copy);
  database.close();
  return copy;
};

/** What a disk that was put back, or a script, does: another file of that name. */
const logReplacedBy = ({ dataFolder }: Service, copy: string): void => {
  const path = join(dataFolder, 'events.db');
  copyFileSync(copy, `${path}.put-back`);
  renameSync(`${path}.put-back`, path);
  for (const beside of ['-wal', '-shm']) rmSync(`${path}${beside}`, { force: true });
};

type Loss = {
  readonly name: string;
  /** before what will be lost is booked. @returns how it is lost, of a service that runs or was stopped */
  readonly prepare: (service: Service) => Promise<() => void | Promise<void>>;
  readonly whileRunning: boolean;
};
const replaced = (service: Service): Promise<() => void> =>
  logCopied(service).then((copy) => () => {
    logReplacedBy(service, copy);
  });
const losses: readonly Loss[] = [
  { name: 'the file of the log is replaced by an older one while the service runs', whileRunning: true, prepare: replaced },
  { name: 'the file of the log was replaced by an older one while nothing ran', whileRunning: false, prepare: replaced },
  {
    name: 'an older backup was put back',
    whileRunning: false,
    prepare: async (service) => {
      const backup = join(emptyFolder(), 'backup');
      expect(await command(service, 'backup', backup)).toMatchObject({ exit: 0 });
      return async () => {
        expect(await command(service, 'restore', backup)).toMatchObject({ exit: 0 });
      };
    },
  },
];

it.each(losses)(
  '$name: alarm, exactly what is gone is named, nothing is written, and accept-log leads on',
  async ({ prepare, whileRunning }) => {
    const service = await createService();
    service.moveClockTo(monday);
    await service.start();
    const caller: Caller = closing(createCaller(service.url, 4));
    await populate(service, caller, requests);
    const book = (from: number, to: number): Promise<readonly Booked[]> => bookInTurn([caller], requests, from, to);
    const kept = await book(0, 3);
    const lose = await prepare(service);
    const lost = await book(3, 6);
    await untilRemembered([service], service);
    const before = await idsIn(service);

    if (whileRunning) {
      await lose();
      await untilAlarmed(service);
      for (const one of lost) expect(await statusOf(caller, one)).not.toBe(200);
      for (const one of kept) expect(await statusOf(caller, one)).toBe(200);
      await expect(book(6, 7)).rejects.toThrow('read-only');
    } else {
      await service.kill();
      await lose();
      await expect(service.start()).rejects.toThrow('log.not-as-sealed');
    }
    const standing = new Set(await idsIn(service));
    const gone = before.filter((id) => !standing.has(id));
    expect(gone.length).toBeGreaterThan(0);
    expect((await toldMissing(service, gone.length)).map(({ id }) => id).sort()).toEqual([...gone].sort());
    await service.kill();

    expect(await command(service, 'accept-log', '--reason', 'Copia de ieri')).toMatchObject({ exit: 0 });
    await service.start();
    for (const one of lost) expect(await statusOf(caller, one)).not.toBe(200);
    for (const one of kept) expect(await statusOf(caller, one)).toBe(200);
    // who had booked can book again, and nobody holds the places of what is gone
    for (const one of await book(3, 6)) expect(await statusOf(caller, one)).toBe(200);
    // until somebody has looked after each ticket, request and day of which something is gone; asked while the service runs, because
    // one that was just stopped may leave its tables behind the log
    expect(await found(service)).toEqual(['log-accepted']);
    expect(await service.stop()).toBe(0);
    await service.start();
    const { lost: left } = await toldBy<{ readonly lost: readonly { readonly stream: string }[] }>(service, 'accept-log', 'report');
    expect(left.map(({ stream }) => stream)).toEqual(expect.arrayContaining(lost.map(({ ticketId }) => `ticket-${ticketId}`)));
    for (const { stream } of left)
      expect(await command(service, 'accept-log', 'settle', stream, '--note', 'vorbit la telefon')).toMatchObject({ exit: 0 });
    expect(await found(service)).toEqual([]);
    expect(await service.stop()).toBe(0);
    // nor does it come back at the next start
    await service.start();
  },
);
