import { spawnSync } from 'node:child_process';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { toMime } from '../../../../src/infrastructure/outside/mail/mime';
import { senderFrom } from '../../../../src/infrastructure/outside/mail/sender';
import { crest, withCrest } from './crest';
import { compose, composeForOfficial, from, head, type Kind, kinds, meeting, type OfficialKind, officialKinds } from './letter-requests';

const locales = ['ro', 'en'] as const;

type Case = { readonly kind: Kind | OfficialKind; readonly locale: 'ro' | 'en'; readonly letter: Letter };
const cases: readonly Case[] = locales.flatMap((locale) => [
  ...kinds.map((kind) => ({ kind, locale, letter: compose(kind, locale) })),
  ...officialKinds.map((kind) => ({ kind, locale, letter: composeForOfficial(kind, locale) })),
]);
const mimeOf = ({ letter }: Case): Buffer => toMime(letter, senderFrom(from));

/** What a reader finds in a letter. Lines end as text lines do here, whatever they ended with on the wire. */
type Read = {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly language: string;
  readonly automatic: string;
  readonly text: string;
  readonly html: string;
  /** the entry among the alternatives, and the one that is a file */
  readonly calendars: readonly { readonly method: string; readonly content: string }[];
  readonly files: readonly { readonly name: string; readonly content: string }[];
  /** what the reader found wrong */
  readonly faults: number;
};

const lines = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

const byMailparser = async (one: Case): Promise<Read> => {
  const mail = await simpleParser(mimeOf(one), { skipImageLinks: true, skipTextLinks: true });
  const header = (name: string): string => {
    const value = mail.headers.get(name);
    return typeof value === 'string' ? value : '';
  };
  const entries = mail.attachments.map(({ contentType, filename, content }) => ({
    contentType,
    filename,
    content: lines(content.toString()),
  }));
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return {
    subject: mail.subject ?? '',
    from: mail.from?.value[0]?.address ?? '',
    to: to?.value[0]?.address ?? '',
    messageId: mail.messageId ?? '',
    language: header('content-language'),
    automatic: header('auto-submitted'),
    text: lines(mail.text ?? ''),
    html: lines(typeof mail.html === 'string' ? mail.html : ''),
    calendars: entries
      .filter(({ contentType, filename }) => contentType === 'text/calendar' && filename === undefined)
      .map(({ content }) => ({ method: /^METHOD:(\w+)$/mu.exec(content)?.[1] ?? '', content })),
    files: entries.filter(({ filename }) => filename !== undefined).map(({ filename = '', content }) => ({ name: filename, content })),
    faults: 0,
  };
};

/** Python’s own reader of mail, with the policy that knows the newer rules: it tells every defect that it meets. */
const script = `
import base64, json, sys
from email import message_from_bytes, policy
def lines(text): return text.replace("\\r\\n", "\\n").rstrip()
def read(raw):
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    def of(kind): return [part for part in parts if part.get_content_type() == kind and part.get_filename() is None]
    faults = sum(len(part.defects) + sum(len(value.defects) for _, value in part.items()) for part in mail.walk())
    return {
        "subject": str(mail["subject"]),
        "from": mail["from"].addresses[0].addr_spec,
        "to": mail["to"].addresses[0].addr_spec,
        "messageId": str(mail["message-id"]),
        "language": str(mail["content-language"]),
        "automatic": str(mail["auto-submitted"]),
        "text": lines("".join(part.get_content() for part in of("text/plain"))),
        "html": lines("".join(part.get_content() for part in of("text/html"))),
        "calendars": [{"method": part.get_param("method", ""), "content": lines(part.get_content())} for part in of("text/calendar")],
        "files": [{"name": part.get_filename(), "content": lines(part.get_payload(decode=True).decode("utf-8"))} for part in parts if part.get_filename() is not None],
        "faults": faults,
    }
print(json.dumps([read(base64.b64decode(one)) for one in json.load(sys.stdin)]))
`;
const python = (input: string, source = script): string | undefined => {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', source], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0 && status !== null) throw new Error(stderr);
  return status === 0 ? stdout : undefined;
};
const hasPython = python('[]') !== undefined;
if (!hasPython) console.warn('python3 is not installed: the second reader of letters is skipped.');
const itWithPython = hasPython ? it : it.skip;

/** What was meant. */
const meant = ({ kind, locale, letter }: Case): Omit<Read, 'calendars' | 'files'> & { readonly isCalendar: boolean } => ({
  subject: letter.subject,
  from: 'tichet@primarie.example',
  to: officialKinds.some((one) => one === kind) ? 'zoltan.marc@primarie.example' : head.to,
  messageId: `<${head.letterId}@primarie.example>`,
  language: locale,
  automatic: 'auto-generated',
  text: lines(letter.text),
  html: lines(letter.html),
  faults: 0,
  isCalendar: letter.calendar !== undefined,
});

const expectRead = (one: Case, { calendars, files, ...read }: Read): void => {
  const { isCalendar, ...wanted } = meant(one);
  expect(read).toEqual(wanted);
  const content = lines(one.letter.calendar?.content ?? '');
  expect(calendars).toEqual(isCalendar ? [{ method: one.letter.calendar?.method, content }] : []);
  expect(files).toEqual(isCalendar ? [{ name: 'tichet-albastru.ics', content }] : []);
};

/** The ids and the bytes of pictures, as Python finds them. */
const picturesScript = `
import base64, json, sys
from email import message_from_bytes, policy
mail = message_from_bytes(base64.b64decode(sys.stdin.read()), policy=policy.default)
print(json.dumps([[part["content-id"], base64.b64encode(part.get_content()).decode()] for part in mail.walk() if part.get_content_type() == "image/png"]))
`;

describe('the crest of the city hall, read back', () => {
  it.each(['invitation', 'resolution'] as const)('%s: one picture, by the id under which the text shows it', async (kind) => {
    const letter = withCrest(kind, 'ro');
    const raw = toMime(letter, senderFrom(from), crest);
    const mail = await simpleParser(raw, { skipImageLinks: true });
    const pictures = mail.attachments.filter(({ contentType }) => contentType === 'image/png');
    expect(pictures.map(({ cid, related, content }) => [cid, related, content.toString('base64')])).toEqual([
      ['crest@primarie.example', true, crest.png],
    ]);
    expect(mail.html).toContain('<img src="cid:crest@primarie.example" alt="" width="24" height="48"');
    if (!hasPython) return;
    expect(JSON.parse(python(raw.toString('base64'), picturesScript) ?? '[]')).toEqual([['<crest@primarie.example>', crest.png]]);
  });

  it('goes with no letter that was composed without it', async () => {
    const mail = await simpleParser(toMime(compose('code'), senderFrom(from), crest));
    expect(mail.attachments).toEqual([]);
  });
});

describe('every kind of letter, read back', () => {
  it.each(cases)('$kind in $locale by mailparser: what was meant, to the letter', async (one) => {
    expectRead(one, await byMailparser(one));
  });

  itWithPython('all of them by Python’s email: the same, and nothing that it finds wrong', () => {
    const answer = python(JSON.stringify(cases.map((one) => mimeOf(one).toString('base64')))) ?? '[]';
    const all = JSON.parse(answer) as readonly Read[];
    expect(all).toHaveLength(cases.length);
    for (const [index, read] of all.entries()) {
      const one = cases[index];
      if (one === undefined) throw new Error('a letter that nobody wrote');
      expectRead(one, read);
    }
  });

  const withEntry = cases.filter(({ letter }) => letter.calendar !== undefined);
  it('the letters that concern a meeting ahead have an entry, and no other', () => {
    const changes = ['rescheduled', 'moved-whole', 'mode-changed', 'reassigned', 'cancellation'];
    const expected = ['invitation', 'link', 'phone', 'in-person', ...changes];
    expect([...new Set(withEntry.map(({ kind }) => kind))].toSorted()).toEqual(expected.toSorted());
  });

  it.each(withEntry)('Art. 5, 8: the entry of $kind in $locale by ical.js: the hour, in the time of Romania', async (one) => {
    const [entry] = (await byMailparser(one)).calendars;
    const calendar = ICAL.Component.fromString(entry?.content ?? '');
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    ICAL.TimezoneService.reset();
    ICAL.TimezoneService.register(new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? undefined));
    expect(calendar.getFirstPropertyValue('method')).toBe(one.kind === 'cancellation' ? 'CANCEL' : 'REQUEST');
    expect(event.uid).toBe(`${head.ticketId}@tichet-albastru`);
    expect(event.startDate.toJSDate().toISOString()).toBe(meeting.slot.startsAt);
    expect(event.endDate.toJSDate().toISOString()).toBe(meeting.slot.endsAt);
    expect(event.startDate.zone.tzid).toBe('Europe/Bucharest');
    expect(event.attendees.map((attendee) => attendee.getFirstValue())).toEqual([`mailto:${head.to}`]);
    expect(event.summary).toContain(head.reference);
  });
});
