import { Readable } from 'node:stream';
import { type Asker, officialBy, serviceNamed } from '../../../application/kernel/access';
import { forbiddenEffect } from '../../../application/kernel/permission';
import type { Effect } from '../../../application/kernel/rights';
import { forgetConclusions, forgetPerson, forgetRequest, forgetTicket } from '../../../application/privacy/forget';
import { liftRestriction, restrictProcessing } from '../../../application/privacy/restriction';
import { erasureDone, type ErasureReport } from '../../../application/privacy/erasure-report';
import type { TicketDone } from '../../../application/booking/on-ticket';
import type { Done } from '../../../application/kernel/done';
import { type CommandContext, commandOf } from '../../../application/kernel/execute';
import type { Ports } from '../../../application/kernel/ports/ports';
import { retryLetterFor, type TriedAgain } from '../../../application/operation/retry-letter';
import { aboutRequest, aboutTicket, notingRefusals } from '../../../application/kernel/refused-attempts';
import {
  applyRetention,
  confirmRetention,
  noteApplied,
  type RetentionConfirmation,
  type RetentionOutcome,
} from '../../../application/privacy/retention';
import { closeStream } from '../../../application/operation/close-stream';
import { settleLoss } from '../../../application/operation/settle-loss';
import { skipParkedGroup } from '../../../application/operation/skip-parked';
import { enableWebhookFor } from '../../../application/operation/webhooks';
import { isBlank } from '../../../domain/kernel/blank';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../../domain/kernel/refusal';
import { defaultRetention, personalClasses } from '../../../domain/retention/retention';
import { asTheLogHasIt } from '../../api/access/principals';
import { type Looked, ReadingLog } from '../../api/access/reading-log';
import { localTokens, longestTokenSeconds } from '../../outside/identity/local-tokens';
import { peopleIn } from '../../outside/identity/people';
import type { OpenedPorts } from '../../nest/provided';
import { Tables, tablesNamed } from '../../nest/tables';
import { LogReadOnly } from '../../proof/alarm/log-alarm';
import { problemCatalogue } from '../../phrasing/problems/catalogue';
import { chainOf } from '../../proof/chain-of';
import { importLines } from '../../outside/document-system/import/import-lines';
import type { ImportReport } from '../../outside/document-system/import/import-report';
import { requestImport, staffImport } from '../../outside/document-system/import/kinds';
import { clearAlarm, type AlarmCleared } from '../../proof/alarm/clear-alarm';
import { alarmWords } from '../../proof/fault-words';
import type { Locale } from '../../../domain/ticket/facts';
import type { SelectionMinute } from '../../../domain/ticket/erasure';
import { referenceOf } from '../../../domain/ticket/ticket';
import { civilDateOf, isCivilDate, localTimeOf, plusSeconds } from '../../../domain/time/civil-time';
import type { SocketAnswer, SocketRequest, TokenWanted } from './socket';
import { inBoth, inEveryLanguage, saidOf, sentences, type Sentence } from '../../phrasing/sentences';

/** How many of each class are due, or why they are not: counts, and no persons. */
const retentionLines = ({ counts }: Pick<RetentionOutcome, 'counts'>, locale: Locale): readonly string[] => {
  const { standings } = sentences[locale].socket.retentionText;
  return personalClasses.map((kind) => {
    const parts = Object.entries(counts[kind]).map(([standing, count]) => `${count} ${saidOf(standings, standing) ?? standing}`);
    return `${kind}: ${parts.length === 0 ? '0' : parts.join(', ')}`;
  });
};

const retentionText = (outcome: RetentionOutcome, dryRun: boolean, locale: Locale): string => {
  const { nothingErasedDryRun, erasedNow, unconfirmed } = sentences[locale].socket.retentionText;
  const end = outcome.unconfirmed === true ? unconfirmed : erasedNow({ erased: outcome.erased });
  return [...retentionLines(outcome, locale), dryRun ? nothingErasedDryRun : end].join('\n');
};

/** Everything that is due, by the name that a command knows it by, and what came of confirming it. */
const confirmationText = ({ outcome, due, counts }: RetentionConfirmation, locale: Locale): string =>
  [
    ...due.map((one) => `${one.class} ${one.subject}`),
    ...retentionLines({ counts }, locale),
    sentences[locale].socket.retentionText.confirmation[outcome],
  ].join('\n');

/** The report as it is put on paper. Nothing of it is personal. */
const erasureText = (report: ErasureReport, locale: Locale): string => {
  const words = sentences[locale].socket.erasureText;
  const { subject, id, erasedAt, erasedBy, destroyedKeys, keyDestroyed, deletedLetters, kept, seal, outside, copies, tickets, minute } =
    report;
  const at = erasedAt === '' ? '' : `${civilDateOf(erasedAt)} ${localTimeOf(erasedAt)} (${erasedAt})`;
  const sealed = seal && { ...seal.before, proved: seal.stillProved, events: seal.events };
  const list = (places: ErasureReport['outside']): readonly string[] => places.map(({ text }) => `- ${text[locale]}`);
  return [
    words.title,
    subject === 'ticket' ? `${words.ticket} ${referenceOf(id)} (${id})` : `${words.request} ${id}`,
    `${words.erased}: ${at}, ${words.by} ${erasedBy}`,
    ...(minute === undefined ? [] : [words.minute({ number: minute.number, date: minute.date })]),
    `${words.keys}: ${destroyedKeys.length} (${destroyedKeys.join(', ')}); ${words.destroyed[keyDestroyed ? 'yes' : 'no']}`,
    `${words.letters}: ${deletedLetters}`,
    `${words.kept}: ${kept.length === 0 ? words.nothing : kept.join(', ')}`,
    words.facts,
    ...(seal === undefined || sealed === undefined ? [words.unsealed] : [words.seal(sealed), words.now(seal.after)]),
    ...(outside.length === 0 ? [] : [words.outside, ...list(outside)]),
    words.copies,
    ...list(copies),
    ...(tickets.length === 0 ? [] : [words.tickets, ...tickets.map((ticketId) => `tichet forget ${ticketId} --reason …`)]),
  ].join('\n');
};

const answer = (exit: number, value: unknown, said: Sentence): SocketAnswer => ({ exit, value, ...said });

/** What came of clearing the alarm, for the person who asked. */
const clearedAnswer = (outcome: AlarmCleared): SocketAnswer => {
  const said = inBoth.socket.clearedAnswer;
  switch (outcome.kind) {
    case 'not-sealed':
      return answer(3, { code: 'not-sealed' }, said.logNotSealed);
    case 'no-alarm':
      return answer(0, { outcome: 'no-alarm' }, said.noAlarm);
    case 'being-accepted':
      return answer(6, { outcome: 'being-accepted' }, said.beingAccepted);
    case 'stands':
      return answer(6, { outcome: 'stands', fault: outcome.fault }, said.stands({ wrong: alarmWords(outcome.fault) }));
    case 'cleared':
      return answer(0, { outcome: 'cleared', was: outcome.was }, said.alarmClearedWritingGoes);
  }
};

/** The stores, open for writing. */
export type Office = Pick<
  OpenedPorts,
  | 'ports'
  | 'keys'
  | 'tokenKey'
  | 'rows'
  | 'projections'
  | 'processes'
  | 'eventTargets'
  | 'sealing'
  | 'retention'
  | 'settings'
  | 'purposeKeys'
>;

/** A person at the machine of the service: none of its users, so named by the way they came, and by a pseudonym. */
export const contextOfCommandLine = ({ identifiers, clock }: Ports, person: string): CommandContext =>
  commandOf({ kind: 'command-line', person }, identifiers.next(), clock.now());

const refused = ({ code, article, details }: Refusal): SocketAnswer => {
  const exit = code === 'not-found' || code === 'request-not-found' ? 3 : code === 'invalid' ? 5 : 1;
  const said = code === 'wrong-state' ? inBoth.socket.office.active : problemCatalogue[code].detail;
  return answer(exit, { code, ...defined({ article, details }) }, said);
};

type ImportRequest = Extract<SocketRequest, { readonly command: 'import' }>;

const importFile = (ports: Ports, context: CommandContext, { what, text }: ImportRequest): Promise<ImportReport | Refusal> => {
  const format = /^\s*\{/.test(text) ? 'ndjson' : 'csv';
  const file = { format, input: Readable.from([Buffer.from(text)]) } as const;
  return what === 'staff' ? importLines(ports, context, staffImport, file) : importLines(ports, context, requestImport, file);
};

const importAnswer = (what: ImportRequest['what'], report: ImportReport | Refusal): SocketAnswer => {
  if (isRefusal(report)) return refused(report);
  const { imported, lines, faults } = report;
  const said = (locale: Locale): string => {
    const words = sentences[locale].socket.import;
    const wrong = faults.map(
      ({ line, field, message }) => `${words.line({ line })}${field === undefined ? '' : `, ${field}`}: ${message[locale]}`,
    );
    return [words.imported({ imported, lines }), ...wrong].join('\n');
  };
  return answer(faults.length === 0 ? 0 : 5, { what, ...report }, inEveryLanguage(said));
};

const erasureAnswer = (report: ErasureReport): SocketAnswer =>
  answer(
    0,
    report,
    inEveryLanguage((locale) => erasureText(report, locale)),
  );

const erase = async (outcome: Promise<Done<ErasureReport> | Refusal>): Promise<SocketAnswer> => {
  const erased = await outcome;
  return isRefusal(erased) ? refused(erased) : erasureAnswer(erased.value);
};

const reported = (report: ErasureReport | Refusal): SocketAnswer =>
  isRefusal(report) ? answer(3, { code: 'not-found' }, inBoth.socket.office.nothingErased) : erasureAnswer(report);

type Minuted = Extract<SocketRequest, { readonly command: 'apply-retention' }>;

/** Both, and a day that is not to come; what else the minute has to be, each resolution is asked. */
const minuteIn = ({ minuteNumber: number, minuteDate: date }: Minuted, now: Instant): SelectionMinute | Refusal | undefined => {
  if (number === undefined && date === undefined) return undefined;
  if (number === undefined || isBlank(number)) return refuse('invalid', { field: 'minuteNumber', reason: 'required' });
  if (date === undefined || !isCivilDate(date)) return refuse('invalid', { field: 'minuteDate', reason: 'not-a-date' });
  return date > civilDateOf(now) ? refuse('invalid', { field: 'minuteDate', reason: 'in-the-future' }) : { number, date };
};

const retain = async ({ ports, retention = defaultRetention }: Office, request: Minuted): Promise<SocketAnswer> => {
  const { dryRun } = request;
  const now = ports.clock.now();
  const minute = minuteIn(request, now);
  if (isRefusal(minute)) return refused(minute);
  const retaining = { ports, chainOf, periods: retention, ...defined({ minute }) };
  const outcome = await applyRetention(retaining, { now, by: 'command', dryRun });
  const unconfirmed = outcome.unconfirmed === true;
  if (!dryRun && !unconfirmed) await noteApplied(ports, now);
  return answer(
    unconfirmed ? 1 : 0,
    { dryRun, ...outcome },
    inEveryLanguage((locale) => retentionText(outcome, dryRun, locale)),
  );
};

const confirmExits = { confirmed: 0, already: 0, left: 2, unread: 6, changed: 6 } as const;

const confirm = async ({ ports, retention = defaultRetention }: Office, context: CommandContext, yes: boolean): Promise<SocketAnswer> => {
  const confirmation = await confirmRetention({ ports, chainOf, periods: retention }, context, { yes });
  if (isRefusal(confirmation)) return refused(confirmation);
  return answer(
    confirmExits[confirmation.outcome],
    confirmation,
    inEveryLanguage((locale) => confirmationText(confirmation, locale)),
  );
};

/** What cannot be read, and where it stands. By its name: from another thread an error comes without its class. */
const corruption = (error: unknown): Sentence | undefined =>
  error instanceof Error && error.name === 'EventLogCorrupt'
    ? inBoth.socket.office.logCannotReadTable({ message: error.message })
    : undefined;

const rebuildTables = async (office: Office, name: string | undefined): Promise<SocketAnswer> => {
  const [tables, chosen] = [new Tables(office), tablesNamed(office, name)];
  if (chosen.length === 0) return answer(3, { code: 'not-found' }, inBoth.socket.rebuild.noTable({ name: name ?? '' }));
  const outcomes: { readonly projection: string; readonly outcome: string }[] = [];
  for (const { projection, settled } of await tables.rebuildEach(name)) {
    if (settled.status === 'fulfilled') outcomes.push({ projection, outcome: settled.value });
    else {
      const words = corruption(settled.reason);
      if (words === undefined) throw settled.reason;
      return answer(
        1,
        { code: 'log-corrupt', projection },
        inEveryLanguage((locale) => `${projection}: ${words[locale]}`),
      );
    }
  }
  const refusedSome = outcomes.some(({ outcome }) => outcome !== 'switched');
  // who asked for a derived table is told why another one is named
  const said = (locale: Locale): string =>
    chosen
      .map(({ name: table, derived }, place) => {
        const outcome = outcomes[place]?.outcome ?? '';
        return `${table}: ${outcome}${derived === undefined ? '' : ` (${sentences[locale].socket.rebuild.derived({ name: derived.name })})`}`;
      })
      .join('\n');
  return answer(refusedSome ? 6 : 0, { projections: outcomes }, inEveryLanguage(said));
};

const retry = async (office: Office, asker: Asker, id: string): Promise<SocketAnswer> => {
  const outcome = await new Tables(office).retryFor(asker, id);
  if (isRefusal(outcome)) return refused(outcome);
  const said = inBoth.socket.retry[outcome];
  return outcome === 'not-found' ? answer(3, { code: outcome }, said) : answer(outcome === 'done' ? 0 : 6, { id, outcome }, said);
};

const skippedAnswer = (
  { projection: table }: { readonly projection: string },
  outcome: Done<{ readonly rows: number }> | Refusal,
): SocketAnswer => {
  const said = inBoth.socket.skip;
  if (!isRefusal(outcome)) return answer(0, { table, ...outcome.value }, said.skipped(outcome.value));
  if (outcome.code === 'not-found') return answer(3, { code: outcome.code, table }, said.none({ table }));
  return outcome.code === 'precondition-failed' ? answer(6, { code: outcome.code, table }, said.changed) : refused(outcome);
};

const dropExits = { dropped: 0, left: 2, 'not-found': 3, declared: 6 } as const;

const dropTable = async (office: Office, name: string, by: string, confirmed: boolean): Promise<SocketAnswer> => {
  const dropped = await new Tables(office).drop(name, by, confirmed);
  const exit = dropExits[dropped.outcome];
  if (!('rows' in dropped)) return answer(exit, { code: dropped.outcome }, inBoth.socket.drop[dropped.outcome]({ name }));
  const { outcome, rows, parked } = dropped;
  return answer(exit, { table: name, ...dropped }, inBoth.socket.drop[outcome]({ name, rows, parked }));
};

const letterAnswer = (letterId: string, outcome: TriedAgain | Refusal): SocketAnswer => {
  if (isRefusal(outcome)) return refused(outcome);
  const { again, underWay } = outcome;
  if (again > 0) return answer(0, { letterId }, inBoth.socket.letter.sentAgain);
  return underWay > 0
    ? answer(0, { letterId }, inBoth.socket.letter.underWay)
    : answer(3, { code: 'not-found' }, inBoth.socket.letter.none);
};

const enable = async ({ ports, eventTargets }: Office, asker: Asker, target: string): Promise<SocketAnswer> => {
  const outcome = await enableWebhookFor(asker, ports, eventTargets, target);
  if (isRefusal(outcome)) return refused(outcome);
  const said = inBoth.socket.webhook[outcome];
  return outcome === 'not-found' ? answer(3, { code: outcome }, said) : answer(0, { target, outcome }, said);
};

/** A person's name is in the directory of people before they get a token. */
const issueToken = async ({ ports, keys, tokenKey }: Office, { role, by, name, seconds }: TokenWanted): Promise<SocketAnswer> => {
  const named = by === 'staff' ? name : serviceNamed(name);
  const person = by === 'person' ? await peopleIn({ ...ports, keys }).pseudonymOf({ by: 'token', name }, name) : named;
  const official = officialBy(role, person);
  const known = official && (await asTheLogHasIt(ports, official));
  if (known === undefined) return answer(3, { code: 'not-found' }, inBoth.cli.token.noPersonTheyLeft({ staffId: name }));
  const [id, at] = [ports.identifiers.next(), ports.clock.now()];
  const token = await localTokens(tokenKey, ports.clock).official({ role, person, id }, seconds);
  await ports.operations.tokens.note({ id, role, person, at, expiresAt: plusSeconds(at, seconds) });
  return answer(
    0,
    { token, id, person },
    inEveryLanguage(() => token),
  );
};

const revokeToken = async ({ operations, clock }: Ports, id: string): Promise<SocketAnswer> => {
  const now = clock.now();
  const isKnown = (await operations.tokens.list()).some((token) => token.id === id && token.role !== '');
  await operations.tokens.revoke(id, now, plusSeconds(now, longestTokenSeconds));
  return isKnown
    ? answer(0, { id, outcome: 'revoked' }, inBoth.socket.token.revoked)
    : answer(3, { code: 'not-found', id }, inBoth.socket.token.unknown);
};

const forgottenAnswer = (outcome: Awaited<ReturnType<ReturnType<typeof forgetPerson>>>): SocketAnswer => {
  if (!isRefusal(outcome)) return answer(0, { ...outcome.value, outcome: 'forgotten' }, inBoth.socket.person.forgotten);
  return outcome.code === 'not-found' ? answer(3, { code: outcome.code }, inBoth.socket.person.none) : refused(outcome);
};

const restrictedAnswer = (outcome: 'restricted' | 'lifted', done: TicketDone | Refusal): SocketAnswer =>
  isRefusal(done) ? refused(done) : answer(0, { ticketId: done.value.ticketId, outcome }, inBoth.socket.restriction[outcome]);

const settledAnswer = ({ stream }: { readonly stream: string }, outcome: Done<object> | Refusal): SocketAnswer => {
  const said = inBoth.socket.lossSettled;
  if (!isRefusal(outcome)) return answer(0, { stream, outcome: 'settled' }, said.settled({ stream }));
  return outcome.code === 'not-found' ? answer(3, { code: outcome.code, stream }, said.notLost({ stream })) : refused(outcome);
};

const closedAnswer = ({ stream }: { readonly stream: string }, outcome: Done<object> | Refusal): SocketAnswer => {
  const said = inBoth.socket.streamClosed;
  if (!isRefusal(outcome)) return answer(0, { stream, outcome: 'closed' }, said.closed({ stream }));
  return outcome.code === 'not-found' ? answer(3, { code: outcome.code, stream }, said.whole({ stream })) : refused(outcome);
};

/** What a command causes that is no fact and that no other way leads to. Facts, and what the API can cause as well, are asked for where they are decided. */
const effectOf: Readonly<Record<SocketRequest['command'], Effect | 'asked-where-decided' | 'only-shown'>> = {
  import: 'asked-where-decided',
  'forget-ticket': 'asked-where-decided',
  'forget-conclusions': 'asked-where-decided',
  'forget-request': 'asked-where-decided',
  'forget-person': 'asked-where-decided',
  restrict: 'asked-where-decided',
  'lift-restriction': 'asked-where-decided',
  'retry-parked': 'asked-where-decided',
  'skip-parked': 'asked-where-decided',
  'enable-webhook': 'asked-where-decided',
  'report-of-ticket': 'only-shown',
  'report-of-request': 'only-shown',
  'apply-retention': 'retention.applied',
  'confirm-retention': 'asked-where-decided',
  'record-reading': 'asked-where-decided',
  rebuild: 'table.rebuilt',
  'drop-table': 'table.dropped',
  'retry-letter': 'asked-where-decided',
  'clear-seal-alarm': 'alarm.cleared',
  'close-stream': 'asked-where-decided',
  'settle-loss': 'asked-where-decided',
  'issue-token': 'token.issued',
  'revoke-token': 'token.revoked',
};

/** A person at the machine is about to be shown this. */
const noteLooked = async (office: Office, person: string, looked: Omit<Looked, 'person' | 'role'>): Promise<SocketAnswer> => {
  const { page, purpose, tickets, requests } = looked;
  await new ReadingLog(office).record({ person, role: 'command-line', page, purpose, tickets, requests });
  return answer(0, { outcome: 'recorded' }, inBoth.socket.reading.recorded);
};

/** Does what a command of the command line asks, in the process that has the stores open. @param user of the system, who asks */
export const performInService = async (office: Office, request: SocketRequest, user: string): Promise<SocketAnswer> => {
  try {
    return await performFor(office, request, async () => {
      const person = await peopleIn({ ...office.ports, keys: office.keys }).pseudonymOf({ by: 'system', name: user }, user);
      return contextOfCommandLine(office.ports, person);
    });
  } catch (error) {
    if (!(error instanceof LogReadOnly)) throw error;
    return answer(1, { code: 'read-only' }, inBoth.socket.office.readOnly);
  }
};

/** The same on behalf of the person whom the context names. @param context made only where a person acts */
export const performFor = async (office: Office, request: SocketRequest, context: () => Promise<CommandContext>): Promise<SocketAnswer> => {
  const { ports } = office;
  const effect = effectOf[request.command];
  if (effect !== 'asked-where-decided' && effect !== 'only-shown') {
    const forbidden = forbiddenEffect((await context()).asker, effect);
    if (forbidden) return refused(forbidden);
  }
  switch (request.command) {
    case 'import':
      return importAnswer(request.what, await importFile(ports, await context(), request));
    case 'forget-ticket':
      return erase(notingRefusals(ports, 'forgetTicket', aboutTicket, forgetTicket(ports))(await context(), request));
    case 'forget-conclusions': {
      const { ticketId, reason, minuteNumber: number, minuteDate: date } = request;
      const forget = notingRefusals(ports, 'forgetConclusions', aboutTicket, forgetConclusions(ports));
      return erase(forget(await context(), { ticketId, reason, minute: { number, date } }));
    }
    case 'forget-request':
      return erase(
        notingRefusals(ports, 'forgetRequest', aboutRequest, forgetRequest(ports))(await context(), { request, reason: request.reason }),
      );
    case 'restrict': {
      const restrict = notingRefusals(ports, 'restrictProcessing', aboutTicket, restrictProcessing(ports));
      return restrictedAnswer('restricted', await restrict(await context(), request));
    }
    case 'lift-restriction': {
      const lift = notingRefusals(ports, 'liftRestriction', aboutTicket, liftRestriction(ports));
      return restrictedAnswer('lifted', await lift(await context(), request));
    }
    case 'report-of-ticket':
      return reported(await erasureDone(ports)({ ticketId: request.ticketId }));
    case 'report-of-request':
      return reported(await erasureDone(ports)({ request: { number: request.number, filedOn: request.filedOn } }));
    case 'apply-retention':
      return retain(office, request);
    case 'confirm-retention':
      return confirm(office, await context(), request.yes);
    case 'rebuild':
      return rebuildTables(office, request.projection);
    case 'retry-parked':
      return retry(office, (await context()).asker, request.id);
    case 'skip-parked':
      return skippedAnswer(request, await skipParkedGroup(ports)(await context(), request));
    case 'drop-table':
      return dropTable(office, request.projection, (await context()).actor.id, request.confirmed);
    case 'retry-letter':
      return letterAnswer(request.letterId, await retryLetterFor((await context()).asker, ports, request.letterId));
    case 'enable-webhook':
      return enable(office, (await context()).asker, request.target);
    case 'clear-seal-alarm':
      return clearedAnswer(await clearAlarm(office, { by: (await context()).actor.id, reason: request.reason }));
    case 'close-stream':
      return closedAnswer(request, await closeStream(ports)(await context(), request));
    case 'settle-loss':
      return settledAnswer(request, await settleLoss(ports)(await context(), request));
    case 'issue-token':
      return issueToken(office, request);
    case 'revoke-token':
      return revokeToken(ports, request.id);
    case 'forget-person':
      return forgottenAnswer(await forgetPerson(ports)(await context(), request));
    case 'record-reading': {
      const { asker } = await context();
      return asker.kind === 'command-line' ? noteLooked(office, asker.person, request) : refused(refuse('forbidden'));
    }
  }
};
