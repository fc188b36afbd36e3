import { registerStaff } from '../../../../src/application/staff/register-staff';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { tellDemo } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { contextOfCommandLine } from '../../../../src/infrastructure/tools/local-socket/socket-service';
import { emptyFolder } from '../../../support/closing';
import { inFolder, register } from '../../../support/sealed-folder';
import { settingsOf } from './captured';

export const applicant = 'Canarul Galben-Verzui';
export const filedOn = '2026-02-10';

/** A data folder with these people and these requests. */
export const filledFolder = async (numbers: readonly string[] = ['100', '200'], people = demoStaff): Promise<string> => {
  const folder = emptyFolder();
  await inFolder(folder, async (opened) => {
    for (const person of people) await registerStaff(opened.ports)(contextOfCommandLine(opened.ports, 'p.test'), person);
    await register(opened, numbers, applicant);
  });
  return folder;
};

/** A data folder in which the demonstration was told, and some of its tickets. */
export const toldFolder = async (now = systemClock.now()) => {
  const folder = emptyFolder();
  const opened = await openPorts(settingsOf(folder));
  const { tickets } = await tellDemo(opened, now);
  await opened.close();
  const concluded = tickets.find(({ outcome }) => outcome === 'no-recording')?.ticketId ?? '';
  return { folder, concluded, newest: tickets.at(-1)?.ticketId ?? '' };
};

/** Whose request it is. @param changes of the folder's settings */
export const nameIn = (folder: string, number: string, changes: Partial<ReturnType<typeof settingsOf>> = {}): Promise<string | undefined> =>
  inFolder(
    folder,
    async ({ ports }) => {
      for await (const recorded of ports.store.read(`request-${number}_${filedOn}`)) {
        const { fact } = ports.codec.decodeOf('request', recorded);
        if (fact.type === 'RequestRegistered') return ports.personalData.open(fact.data.applicantName);
      }
      return undefined;
    },
    changes,
  );
