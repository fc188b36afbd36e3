import { join } from 'node:path';
import type { CivilDate } from '../../../domain/kernel/fact';
import { addDays } from '../../../domain/time/civil-time';
import type { ToldDemo } from '../demo/tell-demo';
import type { Words } from './terminal';

const call = (path: string, token: string): string => `curl -s "$URL/api/v1/${path}" -H "authorization: Bearer $${token}"`;

/** What to try with the demonstration once its `URL=…` and its tokens were pasted: each line as it is, with today's values. */
export const linesToPaste = ({
  folder,
  toTry: [first],
  today,
  program,
}: Pick<ToldDemo, 'toTry'> & {
  readonly folder: string;
  readonly today: CivilDate;
  /** how the program was called */
  readonly program: string;
}): readonly (readonly [Words, string])[] => {
  const lookup = JSON.stringify({ requestNumber: first?.number, applicantName: first?.name, filedOn: first?.filedOn });
  return [
    [
      { ro: 'cetățeanul își găsește cererea', en: 'a citizen finds their request' },
      `curl -s $URL/api/v1/requests/lookup -H 'content-type: application/json' -d '${lookup}'`,
    ],
    [
      { ro: 'funcționarul își vede programările', en: 'a civil servant looks at their meetings' },
      call(`calendar?from=${addDays(today, -7)}&to=${addDays(today, 7)}`, 'STAFF'),
    ],
    [{ ro: 'auditorul vede ce nu s-a respectat', en: 'an auditor asks what was not kept' }, call('audit/tickets?verdict=fail', 'AUDITOR')],
    [
      { ro: 'același lucru, din linia de comandă', en: 'the same from the command line' },
      `TICHET_DATA_DIR=${folder} ${program} audit --verdict fail`,
    ],
    [{ ro: 'scrisorile trimise', en: 'the letters that were sent' }, `ls ${join(folder, 'outbox')}`],
  ];
};
