import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Readiness } from '../../../src/infrastructure/nest/background';
import { tellSystemd } from '../../../src/infrastructure/service/tell-systemd';
import { closing, emptyFolder } from '../../support/closing';

const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
const never = new Promise<never>(() => undefined);

/** A program in the place of systemd's own, that writes down what it is given; a watchdog that bears three milliseconds. */
const telling = (answers: readonly (Readiness | Error)[]) => {
  const folder = emptyFolder();
  const [written, program] = [join(folder, 'written'), join(folder, 'systemd-notify')];
  writeFileSync(program, `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> ${written}\n`);
  chmodSync(program, 0o755);
  const left = [...answers];
  let silent = (): void => undefined;
  const isSilent = new Promise<void>((resolve) => {
    silent = resolve;
  });
  const readiness = (): Promise<Readiness> => {
    const next = left.shift();
    if (next === undefined) {
      silent();
      return never;
    }
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const environment = { NOTIFY_SOCKET: '/run/notify', PATH: `${folder}:/usr/bin:/bin`, WATCHDOG_USEC: '3000' };
  const told = tellSystemd(environment, { readiness, logger });
  if (told !== undefined) closing({ stop: () => told.stopping() });
  return { told, isSilent, lines: () => (existsSync(written) ? readFileSync(written, 'utf8').trim().split('\n') : []) };
};

const up = (status: Readiness): string => `/run/notify READY=1 WATCHDOG=1 STATUS=${status}`;

describe('what systemd is told', () => {
  it('asks for time until the tables have read the log, then lives, whatever the disk does, and stops', async () => {
    const { told, isSilent, lines } = telling([
      'catching-up',
      'catching-up',
      'ready',
      'storage-failing',
      new Error('no connection'),
      'ready',
    ]);
    await isSilent;
    const waiting = '/run/notify EXTEND_TIMEOUT_USEC=60000000 STATUS=catching-up';
    const living = [up('ready'), up('storage-failing'), up('storage-failing'), up('ready')];
    expect(lines()).toEqual([waiting, waiting, ...living]);
    await told?.stopping();
    expect(lines()).toEqual([waiting, waiting, ...living, '/run/notify STOPPING=1']);
  });

  it('is up with a log that can only be read', async () => {
    const { isSilent, lines } = telling(['log-corrupt']);
    await isSilent;
    expect(lines()).toEqual([up('log-corrupt')]);
  });

  it('says nothing more once the stores keep silent, and stops all the same', async () => {
    const { told, isSilent, lines } = telling(['ready']);
    await isSilent;
    // many times what the watchdog bears: whoever told by the clock alone would have told again
    await pause(100);
    expect(lines()).toEqual([up('ready')]);
    await told?.stopping();
    expect(lines().at(-1)).toBe('/run/notify STOPPING=1');
  });

  it('does nothing where nobody has asked, and says where the program is not there', async () => {
    expect(tellSystemd({ PATH: process.env['PATH'] }, { readiness: () => never, logger })).toBeUndefined();
    const answered = jest.fn(() => Promise.resolve<Readiness>('ready'));
    const told = tellSystemd({ NOTIFY_SOCKET: '/run/notify', PATH: emptyFolder() }, { readiness: answered, logger });
    await told?.stopping();
    expect(logger.warn).toHaveBeenCalledWith('systemd.not-told', { code: 'ENOENT' });
  });
});
