import { join } from 'node:path';
import type { CivilDate } from '../../../domain/kernel/fact';
import { addDays } from '../../../domain/time/civil-time';
import type { DemoStory } from '../demo/tell-demo';
import type { Sentences } from '../../phrasing/sentences';

const call = (path: string, token: string): string => `curl -s "$URL/api/v1/${path}" -H "authorization: Bearer $${token}"`;

/** What to try with the demonstration once its `URL=…` and its tokens were pasted: each line as it is, with today's values. */
export const linesToPaste = ({
  folder,
  toTry: [first],
  today,
  program,
  words,
}: Pick<DemoStory, 'toTry'> & {
  readonly folder: string;
  readonly today: CivilDate;
  /** how the program was called */
  readonly program: string;
  readonly words: Sentences['cli']['linesToPaste'];
}): readonly (readonly [string, string])[] => {
  const lookup = JSON.stringify({ requestNumber: first?.number, applicantName: first?.name, filedOn: first?.filedOn });
  return [
    [
      words.citizenFindsTheirRequest,
      `curl -s $URL/api/v1/requests/lookup -H 'content-type: application/json' -d '${lookup}'`,
    ],
    [words.civilServantLooksTheir, call(`calendar?from=${addDays(today, -7)}&to=${addDays(today, 7)}`, 'STAFF')],
    [words.auditorAsksNotKept, call('audit/tickets?verdict=fail', 'AUDITOR')],
    [words.sameFromCommandLine, `TICHET_DATA_DIR=${folder} ${program} audit --verdict fail`],
    [words.lettersSent, `ls ${join(folder, 'outbox')}`],
  ];
};
