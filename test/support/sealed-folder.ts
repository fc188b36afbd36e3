import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../src/infrastructure/tools/local-socket/socket-service';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { createSigner } from '@tichet-albastru/signed-log';
import { settingsOf } from '../infrastructure/tools/command-line/captured';

/** Signs the log of an opened folder as it stands, as the service does it beside its work. @returns events under the checkpoint */
export const sealNow = async ({ ports: { store }, sealing: place }: OpenedPorts): Promise<number> => {
  if (place === undefined) throw new Error('Nothing is sealed here.');
  const { checkpoints, key } = place;
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
  return sealing.size;
};

/** Opens, works and closes. @param changes of the folder's settings */
export const inFolder = async <T>(
  folder: string,
  work: (opened: OpenedPorts) => Promise<T>,
  changes: Partial<ReturnType<typeof settingsOf>> = {},
): Promise<T> => {
  const opened = await openPorts({ ...settingsOf(folder), ...changes });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};

export const register = async ({ ports }: OpenedPorts, numbers: readonly string[], applicantName = 'Canarul Galben'): Promise<void> => {
  for (const number of numbers)
    await registerRequest(ports)(contextOfCommandLine(ports, 'p.test'), {
      number,
      filedOn: '2026-02-10',
      applicantName,
      handlerStaffId: 'd02',
      status: 'in-operation',
    });
};

export const registerDemoStaff = async ({ ports }: OpenedPorts): Promise<void> => {
  for (const person of demoStaff) await registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
};
