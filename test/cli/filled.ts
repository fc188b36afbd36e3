import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../src/infrastructure/tools/local-socket/socket-service';
import { emptyFolder } from '../support/closing';
import { settingsOf } from './captured';

export const applicant = 'Canarul Galben-Verzui';
export const filedOn = '2026-02-10';

/** A data folder with these people and these requests. */
export const filledFolder = async (numbers: readonly string[] = ['100', '200'], people = demoStaff): Promise<string> => {
  const folder = emptyFolder();
  const opened = await openPorts(settingsOf(folder));
  const { ports } = opened;
  for (const person of people) await registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
  const request = { filedOn, applicantName: applicant, handlerStaffId: 'd02', status: 'in-operation' } as const;
  for (const number of numbers) await registerRequest(ports)(contextOfCommandLine(ports, 'p.test'), { ...request, number });
  await opened.close();
  return folder;
};

/** Whose request it is. @param changes of the folder's settings */
export const nameIn = async (
  folder: string,
  number: string,
  changes: Partial<ReturnType<typeof settingsOf>> = {},
): Promise<string | undefined> => {
  const opened = await openPorts({ ...settingsOf(folder), ...changes });
  const { ports } = opened;
  try {
    for await (const recorded of ports.store.read(`request-${number}_${filedOn}`)) {
      const { fact } = ports.codec.decodeOf('request', recorded);
      if (fact.type === 'RequestRegistered') return await ports.personalData.open(fact.data.applicantName);
    }
    return undefined;
  } finally {
    await opened.close();
  }
};
