import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../../src/infrastructure/config/settings';
import { performInService } from '../../src/infrastructure/tools/local-socket/socket-service';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { serve } from '../../src/infrastructure/service/serve';
import { environmentOf, tichet } from '../infrastructure/tools/command-line/captured';
import { LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { signTheRest } from '../../src/infrastructure/proof/signing/sign-log';
import { appendSmall } from '../support/small-events';
import { closing, emptyFolder } from '../support/closing';

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10);
};

describe('a data folder that was put back together with its seals', () => {
  it('is read only once the witness in a folder shows that there was more, until a person says that it may go on', async () => {
    const [folder, share, backup] = [emptyFolder(), join(emptyFolder(), 'share'), emptyFolder()];
    const { settings } = readSettings({ ...environmentOf(folder), TICHET_WITNESS_FOLDER: share }, () => '');
    /** Writes, seals, and lets the witness see it. */
    const grow = async (by: number, name: string): Promise<void> => {
      const opened = await openPorts(settings);
      const { ports, sealing } = opened;
      if (sealing === undefined) throw new Error('The log is sealed where it is kept.');
      await appendSmall(ports.store, by, name);
      await signTheRest(ports, sealing);
      await opened.close();
      const service = await serve(settings);
      const sealed = (await service.opened.ports.signedLog?.checkpoint())?.size;
      await until(async () => (await service.opened.ports.signedLog?.witnessed())?.size === sealed);
      expect(service.opened.sealing?.alarm.standing()).toBeUndefined();
      await service.stop();
    };
    await grow(12, 'before');
    cpSync(folder, backup, { recursive: true });
    await grow(5, 'after');
    rmSync(folder, { recursive: true });
    cpSync(backup, folder, { recursive: true });

    const service = await serve(settings);
    const standing = () => service.opened.sealing?.alarm.standing();
    await until(() => standing() !== undefined);
    expect(standing()?.fault).toMatchObject({ reason: 'witness-contradicts', number: 17 });
    await expect(appendSmall(service.opened.ports.store, 1, 'x')).rejects.toThrow(LogReadOnly);
    expect(await performInService(service.opened, { command: 'clear-seal-alarm', reason: 'discul a murit' }, 'ion')).toMatchObject({
      exit: 0,
    });
    await appendSmall(service.opened.ports.store, 1, 'y');
    await service.stop();
    expect((await tichet(folder, 'seal')).exit).toBe(0);

    // the same checkpoint again says nothing that nobody has looked at
    const again = closing(await serve(settings));
    const refused = 'tichet_checkpoints_outside_total{outside="folder",outcome="refused"} 1';
    await until(async () => (await again.opened.metrics.text()).includes(refused));
    expect(again.opened.sealing?.alarm.standing()).toBeUndefined();
    await appendSmall(again.opened.ports.store, 1, 'z');
  });
});
