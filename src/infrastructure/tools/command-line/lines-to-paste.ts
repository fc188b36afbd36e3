import { join } from 'node:path';
import type { CivilDate } from '../../../domain/kernel/fact';
import { addDays } from '../../../domain/time/civil-time';
import type { DemoStory } from '../demo/tell-demo';
import type { Words } from './terminal';
import { inBoth } from '../../phrasing/sentences';

const call = (path: string, token: string): string => `curl -s "$URL/api/v1/${path}" -H "authorization: Bearer $${token}"`;

/** What to try with the demonstration once its `URL=…` and its tokens were pasted: each line as it is, with today's values. */
export const linesToPaste = ({
  folder,
  toTry: [first],
  today,
  program,
}: Pick<DemoStory, 'toTry'> & {
  readonly folder: string;
  readonly today: CivilDate;
  /** how the program was called */
  readonly program: string;
}): readonly (readonly [Words, string])[] => {
  const lookup = JSON.stringify({ requestNumber: first?.number, applicantName: first?.name, filedOn: first?.filedOn });
  return [
    [
      inBoth.cli.linesToPaste.citizenFindsTheirRequest,
      `curl -s $URL/api/v1/requests/lookup -H 'content-type: application/json' -d '${lookup}'`,
    ],
    [inBoth.cli.linesToPaste.civilServantLooksTheir, call(`calendar?from=${addDays(today, -7)}&to=${addDays(today, 7)}`, 'STAFF')],
    [inBoth.cli.linesToPaste.auditorAsksNotKept, call('audit/tickets?verdict=fail', 'AUDITOR')],
    [inBoth.cli.linesToPaste.sameFromCommandLine, `TICHET_DATA_DIR=${folder} ${program} audit --verdict fail`],
    [inBoth.cli.linesToPaste.lettersSent, `ls ${join(folder, 'outbox')}`],
  ];
};
