import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { registerStaff } from '../../src/application/staff/register-staff';
import { readSettings } from '../../src/infrastructure/config/settings';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { createApplication } from '../../src/infrastructure/service/application';
import { contextOfCommandLine, performInService } from '../../src/infrastructure/tools/local-socket/socket-service';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { environmentOf } from '../infrastructure/tools/command-line/captured';
import { LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { createTestDatabase } from '../support/postgres';
import { closing, emptyFolder } from '../support/closing';

it('an alarm in one process of several is heard by the others, and so is its end; one of them seals', async () => {
  const database = await createTestDatabase();
  const [first, second] = [emptyFolder(), emptyFolder()];
  const serve = async (folder: string) => {
    const environment = {
      ...environmentOf(folder),
      TICHET_EVENT_STORE: 'postgres',
      TICHET_POSTGRES_URL: database.url,
      TICHET_MASTER_KEY_FILE: join(first, 'master.key'),
    };
    const app = await createApplication({ settings: readSettings(environment, () => '').settings });
    const opened = app.get<OpenedPorts>(openedToken);
    return {
      opened,
      register: (place: number) => {
        const person = demoStaff[place];
        if (person === undefined) throw new Error('no such person');
        return registerStaff(opened.ports)(contextOfCommandLine(opened.ports, 'p.test'), person);
      },
      until: async (status: string) => {
        while ((await app.inject({ url: '/health/ready' })).json<{ status: string }>().status !== status) await sleep(50);
      },
      stop: async () => {
        await app.close();
      },
    };
  };
  const [one, other] = [await serve(first), await serve(second)];
  await one.register(0);
  await other.register(1);
  await one.opened.sealing?.alarm.raise({ reason: 'signer-refuses', number: 1 });
  await other.until('log-corrupt');
  await expect(one.register(2)).rejects.toThrow(LogReadOnly);
  await expect(other.register(2)).rejects.toThrow(LogReadOnly);
  expect(await performInService(other.opened, { command: 'clear-seal-alarm', reason: 'văzut' }, 'ion')).toMatchObject({ exit: 0 });
  await one.until('ready');
  await one.register(2);
  const { signedLog } = one.opened.ports;
  await one.stop();
  await other.stop();
  expect(signedLog?.verifier).toBe(other.opened.ports.signedLog?.verifier);
  const last = closing(await serve(first));
  expect((await last.opened.ports.signedLog?.checkpoint())?.size).toBe(3);
});
