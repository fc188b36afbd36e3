import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Effect, effects } from '../../src/application/kernel/rights';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';

const project = join(__dirname, '../..');
const sources = [
  join(project, 'src'),
  join(project, 'packages/event-log/src'),
  join(project, 'packages/signed-log/src'),
  join(project, 'packages/kernel/src'),
];
const nameOf = (path: string): string =>
  relative(project, path)
    .split('\\')
    .join('/')
    .replace(/^src\//, '');

const machine = 'the machine’s own notes of what it does';
const browser = 'whoever asks, in their own browser or for their own address';
const follows = 'it follows from a fact that was asked for';
/** Every file that writes into the operational state: what somebody causes by it, or why nobody is asked. */
const writers: Readonly<Record<string, readonly (Effect | 'facts')[] | string>> = {
  'application/audit/watch-clock.ts': machine,
  'application/booking/advance-booking.ts': follows,
  'application/booking/codes.ts': follows,
  'application/booking/correct-contact.ts': ['facts'],
  'application/booking/free-closed.ts': machine,
  'application/booking/one-hour.ts': follows,
  'application/booking/notice-in-force.ts': machine,
  'application/booking/opening.ts': browser,
  'application/booking/send-text.ts': machine,
  'application/booking/text-messages.ts': machine,
  'application/booking/verify-email.ts': browser,
  'application/kernel/processes/process.ts': machine,
  'application/kernel/processes/ticket-process.ts': machine,
  'application/kernel/refused-attempts.ts': machine,
  'application/kernel/throttle.ts': browser,
  'application/meeting/recording-watch.ts': ['recordings.looked-for'],
  'application/operation/retry-letter.ts': ['letter.tried-again'],
  'application/operation/table-rebuilds.ts': ['table.rebuilt'],
  'application/operation/webhooks.ts': ['webhook.enabled'],
  'application/privacy/forget.ts': ['facts'],
  'application/privacy/retention.ts': ['retention.applied', 'retention.confirmed'],
  'application/privacy/retention-in-force.ts': machine,
  'application/requests/readings.ts': machine,
  'application/resolution/bounces.ts': ['letter.noted-bounced'],
  'application/resolution/filing.ts': ['facts'],
  'application/staff/official-letters.ts': machine,
  'infrastructure/api/commands/command-service.ts': 'the command itself is asked for',
  'infrastructure/nest/open-stores.ts': machine,
  'infrastructure/nest/tables.ts': ['row.tried-again', 'table.rebuilt', 'table.dropped'],
  'infrastructure/outside/absences/followed-calendars.ts': ['calendar.followed', 'calendar.left'],
  'infrastructure/outside/absences/status.ts': machine,
  'infrastructure/outside/calendar-feed/feed-secrets.ts': ['feed.renewed', 'feed.ended'],
  'infrastructure/outside/identity/people.ts': 'a pseudonym for whoever has just said who they are',
  'infrastructure/outside/video/webex/stored-tokens.ts': machine,
  'infrastructure/proof/acknowledged/watch.ts': machine,
  'infrastructure/proof/alarm/log-alarm.ts': ['alarm.cleared'],
  'infrastructure/proof/alarm/watch-streams.ts': machine,
  'infrastructure/proof/publication/publish-newest.ts': machine,
  'infrastructure/proof/tell-refusal.ts': machine,
  'infrastructure/service/development-folder.ts': machine,
  'infrastructure/tools/accept-log/accept-log.ts': ['facts'],
  'infrastructure/tools/accept-log/operations-in-line.ts': follows,
  'infrastructure/tools/local-socket/socket-service.ts': ['token.issued', 'token.revoked'],
  'infrastructure/web/forms/form-drafts.ts': ['draft.kept'],
  'infrastructure/web/registry/stored-reports.ts': follows,
  'infrastructure/web/session/sessions.ts': browser,
  'infrastructure/web/sign-in/provider.controller.tsx': 'the provider, by its signature: each message once',
  'packages/signed-log/src/outside-status.ts': machine,
};

const stores = 'keyValues|outbox|attempts|tokens|people|drafts|codes|sessions|openings|places|throttle|verification|idempotency|refusals';
const acts =
  'put|note|remove|reset|hasten|revoke|keep|finish|forget|add|ask|settle|spend|open|claim|release|end|touch|replace|prune|begin|failed|done|giveBack|take|remember|takeTry|hits';
const writing = new RegExp(String.raw`(?<!this\.)\b(?:${stores})\.(?:${acts})\(`);
/** The stores themselves, what tries them, and what carries a whole installation elsewhere. */
const themselves = /^(?:infrastructure\/(?:tables|testing|tools\/copy)|packages\/event-log\/src\/testing)\//;

const found = (texts: Iterable<readonly [string, string]>): readonly string[] =>
  [...texts].filter(([file, text]) => !themselves.test(file) && writing.test(text)).map(([file]) => file);

const everyFile = sources
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path): readonly [string, string] => [nameOf(path), readFileSync(path, 'utf8')]);

describe('what is written beside the log', () => {
  it('is written in these files, each of which says who is asked', () => {
    expect([...found(everyFile)].sort()).toEqual(Object.keys(writers).sort());
  });

  it('has a file for each effect', () => {
    const named = new Set(Object.values(writers).flatMap((of) => (typeof of === 'string' ? [] : of)));
    expect(effects.filter((effect) => !named.has(effect))).toEqual([]);
  });

  it('is looked for in every store, by everything but what only reads there, or comes after a key that was remembered', () => {
    const operations = Object.entries(createMemoryOperations());
    expect(operations.map(([store]) => store).sort()).toEqual(stores.split('|').sort());
    const others = operations.flatMap(([, store]) => Object.keys(store).filter((act) => !acts.split('|').includes(act)));
    expect([...new Set(others)].sort()).toEqual([
      'answered',
      'get',
      'isRevoked',
      'list',
      'of',
      'ofTicket',
      'refused',
      'unfinished',
      'unsent',
    ]);
  });

  it('would be seen in another file', () => {
    expect(found([['application/x.ts', 'await ports.operations.keyValues.put(a, b);']])).toEqual(['application/x.ts']);
    expect(found([['application/x.ts', 'await ports.operations.keyValues.get(a);']])).toEqual([]);
  });
});
