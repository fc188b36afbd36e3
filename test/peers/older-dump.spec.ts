import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { createCaller } from '../faults/over-http/caller';
import { monday, populate, requestsOf } from '../faults/over-http/city';
import { bookInTurn, statusOf } from '../faults/over-http/in-turn';
import { idsIn, toldMissing, untilAlarmed, untilRemembered } from '../faults/over-http/lost';
import { closing, emptyFolder } from '../support/closing';
import { run, startServer } from '../support/peers/primary-and-standby';
import { describeWith, inFull } from '../support/peers/program';
import { createService } from '../support/service';

const requests = requestsOf(40);

/** As the documents say it: the keys apart. */
const dumped = async (url: string): Promise<() => Promise<void>> => {
  const folder = emptyFolder();
  chmodSync(folder, 0o777);
  const [rest, keys] = [join(folder, 'tichet.dump'), join(folder, 'tichet-keys.dump')];
  const schemas = ['--schema=tichet', '--schema=reporting'];
  await run('pg_dump', '--format=custom', ...schemas, '--exclude-table-data=tichet.keys*', `--file=${rest}`, url);
  await run('pg_dump', '--format=custom', '--data-only', '--table=tichet.keys*', `--file=${keys}`, url);
  return async () => {
    for (const file of [rest, keys]) await run('pg_restore', '--exit-on-error', `--dbname=${url}`, file);
  };
};

describeWith(['pg_dump', 'pg_restore', 'setpriv'], 'an older dump that is put back', () => {
  const moments = ['while the service runs', 'while nothing runs'] as const;
  it.each(inFull ? moments : moments.slice(1))('%s raises the alarm, which names exactly what is gone', async (when) => {
    const server = await startServer();
    await server.ask('CREATE DATABASE tichet');
    const url = server.url.replace(/postgres$/, 'tichet');
    const service = await createService({ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url });
    service.moveClockTo(monday);
    await service.start();
    const caller = closing(createCaller(service.url, 4));
    await populate(service, caller, requests);
    const kept = await bookInTurn([caller], requests, 0, 3);
    const restore = await dumped(url);
    const lost = await bookInTurn([caller], requests, 3, 6);
    await untilRemembered([service], service);
    const before = await idsIn(service);
    if (when === 'while nothing runs') await service.stop();
    await server.ask('DROP DATABASE tichet WITH (FORCE)');
    await server.ask('CREATE DATABASE tichet');
    await restore();
    if (when === 'while nothing runs') await expect(service.start()).rejects.toThrow('log.not-as-sealed');
    await untilAlarmed(service);
    const standing = new Set(await idsIn(service));
    const gone = before.filter((id) => !standing.has(id));
    expect(gone.length).toBeGreaterThan(0);
    expect((await toldMissing(service, gone.length)).map(({ id }) => id).sort()).toEqual([...gone].sort());
    for (const one of lost) expect(await statusOf(caller, one)).not.toBe(200);
    for (const one of kept) expect(await statusOf(caller, one)).toBe(200);
    await expect(bookInTurn([caller], requests, 6, 7)).rejects.toThrow('read-only');
  });
});
