import type { Ports } from '../../../application/kernel/ports/ports';
import type { ReadingPurpose } from '../../../domain/reading/reading';
import { shownIn } from '../../api/access/reading-log';
import { inBoth, inEveryLanguage } from '../../phrasing/sentences';
import { openedFor } from '../../runtime/opened-for';
import { socketAnswer } from './commands/of-service';
import { type ReadingStores, whileReading } from './installation';
import type { Invocation } from './invocation';
import { CommandEnds, exitCodes } from './terminal';

/** What a command shows, and the purpose of the person who asks. */
type Looking = { readonly page: `tichet ${string}`; readonly purpose: ReadingPurpose };

/** Says in the log, by the service or without one, that the user of the system is shown this. @throws CommandEnds where it cannot be noted: then nothing may be shown */
const noteLooked = async (cli: Invocation, looking: Looking, shown: NonNullable<ReturnType<typeof shownIn>>): Promise<void> => {
  const noted = await socketAnswer(cli, { command: 'record-reading', ...looking, ...shown });
  if (noted.exit === exitCodes.done) return;
  throw new CommandEnds(
    exitCodes.failed,
    inEveryLanguage((locale) => `${inBoth.cli.looked.notNoted[locale]} ${noted[locale]}`),
  );
};

/**
 * Reads what is personal in clear: only here it can be opened by a command that reads. What was opened is answered once the log says who
 * was shown it.
 */
export const whileShowing = async <T>(
  cli: Invocation,
  looking: Looking,
  work: (ports: Ports, stores: ReadingStores) => Promise<T>,
): Promise<T> => {
  const streams = new Set<string>();
  const answer = await openedFor(streams, () => whileReading(cli.settings, work));
  const shown = shownIn(streams);
  if (shown !== undefined) await noteLooked(cli, looking, shown);
  return answer;
};

/** The same of what names officials, who are in no stream of the log. */
export const whileNaming = async <T>(
  cli: Invocation,
  looking: Looking,
  work: (ports: Ports, stores: ReadingStores) => Promise<T>,
): Promise<T> => {
  const answer = await whileReading(cli.settings, work);
  await noteLooked(cli, looking, { tickets: [], requests: [] });
  return answer;
};
