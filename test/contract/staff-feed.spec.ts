import ICAL from 'ical.js';
import { spawnSync } from 'node:child_process';
import { bookingToken, inPerson, startSeeded, type Service } from '../http/support/service';

/** A Python that has this module; Debian's own knows those that apt installed. */
const pythonWith = (module: string): string | undefined =>
  ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0);

const skipped = (what: string): void => {
  process.stderr.write(`SKIPPED: ${what} is not installed; the feed was read by one implementation less.\n`);
};

let service: Service;
let feed: string;
beforeAll(async () => {
  service = await startSeeded();
  await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  await service.settled();
  const made = await service.call('POST', '/api/v1/calendar/feed', { token: await service.token('staff', 's002') });
  feed = (await service.call('GET', new URL(made.body.url).pathname)).text;
});

/** What a program must find: the meeting of Thursday, 5 March 2026, at 10:00 in Bucharest. */
const readInPython = `
import sys, icalendar, datetime
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events = [part for part in calendar.walk('VEVENT')]
assert len(events) == 1, len(events)
start = events[0].decoded('dtstart')
assert start.tzinfo is not None
print(start.astimezone(datetime.timezone.utc).isoformat(), len(calendar.walk('VTIMEZONE')))
for part in calendar.walk():
    assert not part.errors, part.errors
`;
const inPython = (python: string, text: string) => spawnSync(python, ['-c', readInPython], { input: text, encoding: 'utf8' });

describe('Art. 4: the feed is read by others than who wrote it', () => {
  it('ical.js', () => {
    const calendar = ICAL.Component.fromString(feed);
    const event = calendar.getFirstSubcomponent('vevent');
    if (event === null) throw new Error('no event');
    expect(event.getFirstPropertyValue('dtstart')?.toString()).toBe('2026-03-05T10:00:00');
    expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1);
    for (const word of ['Lăcătuș', 'Andrei']) expect(feed).not.toContain(word);
  });

  const python = pythonWith('icalendar');
  if (python === undefined) skipped('python3-icalendar');
  (python === undefined ? it.skip : it)('icalendar, in Python', () => {
    const read = inPython(python ?? '', feed);
    expect([read.stderr, read.stdout.trim()]).toEqual(['', '2026-03-05T08:00:00+00:00 1']);
    // a feed with a broken date would be caught
    expect(inPython(python ?? '', feed.replace('20260305T100000', '20260305T990000')).status).not.toBe(0);
  });
});
