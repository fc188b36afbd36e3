import type { SubjectAccess } from '../../../src/application/privacy/subject-access';
import type { LetterRecord } from '../../../src/application/kernel/ports/operations';
import { requestFactShapes } from '../../../src/domain/request/facts';
import { ticketFactShapes } from '../../../src/domain/ticket/facts';
import { subjectAccessHtml } from '../../../src/infrastructure/export/subject-access/subject-access-file';
import { languages } from '../../../src/infrastructure/phrasing/locales/catalogue';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { filledStatements } from '../../../src/infrastructure/web/statements/filled-statements';

const at = '2026-03-02T08:00:00.000Z';
const identity = { number: '154997', filedOn: '2026-01-12' };
/** Every kind and state: the compiler asks for those that come later. */
const kinds: Readonly<Record<LetterRecord['kind'], true>> = {
  code: true,
  opening: true,
  'new-address': true,
  'address-changed': true,
  invitation: true,
  change: true,
  cancellation: true,
  reminder: true,
  'earlier-hour': true,
  resolution: true,
  'official-news': true,
  'official-day': true,
  'official-week': true,
  'text-message': true,
};
const states: Readonly<Record<LetterRecord['state'], true>> = { accepted: true, failed: true, bounced: true };
const namesOf = (group: object) => Object.keys(group);
const kindsOfLetters = Object.keys(kinds) as LetterRecord['kind'][];
const statesOfLetters = Object.keys(states) as LetterRecord['state'][];
const personal = [
  ...['name', 'email', 'phone', 'postalAddress', 'notes', 'conclusions', 'reason', 'reasonText'],
  ...['joinUrl', 'url', 'proof', 'dispatchNumber', 'objection', 'answer', 'applicantName', 'subject'],
];
const stepsOf = (shapes: object) => namesOf(shapes).map((fact) => ({ at, fact, by: 'staff' }));

describe('GDPR 15: the file of what is kept about a person', () => {
  it.each(languages)('in %s: has words for every fact, field, kind of letter and what became of it', async (locale) => {
    const letters = kindsOfLetters.flatMap((kind) => statesOfLetters.map((state) => ({ kind, state, at })));
    const texts = personal.map((field) => ({ at, fact: 'Requested', field, text: '…' }));
    const access: SubjectAccess = {
      madeAt: at,
      tickets: [
        {
          ticketId: '0190f0c0-0000-7000-8000-000000000001',
          reference: 'TA-7K2M9QXD',
          request: identity,
          status: 'concluded',
          mode: 'phone',
          startsAt: at,
          texts,
          steps: stepsOf(ticketFactShapes),
          letters,
          lookedAt: [],
        },
      ],
      requests: [{ ...identity, status: 'closed', texts: [], steps: stepsOf(requestFactShapes), lookedAt: [] }],
    };
    const { personalData } = await filledStatements({ ports: createTestPorts(), settings: {} }, locale);
    const cells = [...subjectAccessHtml(access, personalData, locale).matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = '']) => cell);
    for (const fact of [...namesOf(ticketFactShapes), ...namesOf(requestFactShapes)])
      expect([fact, cells.filter((cell) => cell.startsWith(`${fact} (`))]).toEqual([fact, []]);
    for (const field of personal) expect([field, cells.includes(field)]).toEqual([field, false]);
    for (const { kind, state } of letters) expect(cells).not.toContain(`${kind}, ${state}`);
  });
});
