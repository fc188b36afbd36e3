import { Readable } from 'node:stream';
import { forgetRequest, forgetTicket } from '../../../application/privacy/forget';
import { erasureDone, type ErasureReport } from '../../../application/privacy/erasure-report';
import type { Done } from '../../../application/kernel/done';
import { type CommandContext, commandOf } from '../../../application/kernel/execute';
import type { Ports } from '../../../application/kernel/ports/ports';
import { retryLetter } from '../../../application/operation/retry-letter';
import { aboutRequest, aboutTicket, notingRefusals } from '../../../application/kernel/refused-attempts';
import { applyRetention, noteApplied, type RetentionOutcome } from '../../../application/privacy/retention';
import { enableWebhook } from '../../../application/operation/webhooks';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { defaultRetention, personalClasses } from '../../../domain/retention/retention';
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
import { referenceOf } from '../../../domain/ticket/ticket';
import { civilDateOf, localTimeOf } from '../../../domain/time/civil-time';
import type { SocketAnswer, SocketRequest } from './socket';
import { inBoth, inEveryLanguage, saidOf, sentences, type Sentence } from '../../phrasing/sentences';

/** How many of each class are due, or why they are not: counts, and nobody. */
const retentionText = ({ counts, erased }: RetentionOutcome, dryRun: boolean, locale: Locale): string => {
  const { standings, nothingErasedDryRun, erasedNow } = sentences[locale].socket.retentionText;
  const lines = personalClasses.map((kind) => {
    const parts = Object.entries(counts[kind]).map(([standing, count]) => `${count} ${saidOf(standings, standing) ?? standing}`);
    return `${kind}: ${parts.length === 0 ? '0' : parts.join(', ')}`;
  });
  return [...lines, dryRun ? nothingErasedDryRun : erasedNow({ erased })].join('\n');
};

/** The report as it is put on paper. Nothing of it is personal. */
const erasureText = (report: ErasureReport, locale: Locale): string => {
  const words = sentences[locale].socket.erasureText;
  const { subject, id, erasedAt, erasedBy, destroyedKeys, keyDestroyed, deletedLetters, kept, seal, outside, copies, tickets } = report;
  const at = erasedAt === '' ? '' : `${civilDateOf(erasedAt)} ${localTimeOf(erasedAt)} (${erasedAt})`;
  const sealed = seal && { ...seal.before, proved: seal.stillProved, events: seal.events };
  const list = (places: ErasureReport['outside']): readonly string[] => places.map(({ text }) => `- ${text[locale]}`);
  return [
    words.title,
    subject === 'ticket' ? `${words.ticket} ${referenceOf(id)} (${id})` : `${words.request} ${id}`,
    `${words.erased}: ${at}, ${words.by} ${erasedBy}`,
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

/** What came of clearing the alarm, for whoever asked. */
const clearedAnswer = (outcome: AlarmCleared): SocketAnswer => {
  const said = inBoth.socket.clearedAnswer;
  switch (outcome.kind) {
    case 'not-sealed':
      return answer(3, { code: 'not-sealed' }, said.logNotSealed);
    case 'no-alarm':
      return answer(0, { outcome: 'no-alarm' }, said.noAlarm);
    case 'stands':
      return answer(6, { outcome: 'stands', fault: outcome.fault }, said.stands({ wrong: alarmWords(outcome.fault) }));
    case 'cleared':
      return answer(0, { outcome: 'cleared', was: outcome.was }, said.alarmClearedWritingGoes);
  }
};

/** The stores, open for writing. */
export type Office = Pick<OpenedPorts, 'ports' | 'rows' | 'projections' | 'processes' | 'eventTargets' | 'sealing' | 'retention'>;

/** A person at the machine of the service: not one of its users, so named by the way they came. */
export const contextOfCommandLine = ({ identifiers, clock }: Ports): CommandContext =>
  commandOf({ kind: 'command-line' }, identifiers.next(), clock.now());

const refused = ({ code, article, details }: Refusal): SocketAnswer => {
  const exit = code === 'not-found' || code === 'request-not-found' ? 3 : code === 'invalid' ? 5 : 1;
  const said = code === 'wrong-state' ? inBoth.socket.office.active : problemCatalogue[code].detail;
  return answer(exit, { code, ...defined({ article, details }) }, said);
};

type ImportRequest = Extract<SocketRequest, { readonly command: 'import' }>;

const importFile = (ports: Ports, { what, text }: ImportRequest): Promise<ImportReport | Refusal> => {
  const format = /^\s*\{/.test(text) ? 'ndjson' : 'csv';
  const file = { format, input: Readable.from([Buffer.from(text)]) } as const;
  const context = contextOfCommandLine(ports);
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

const retain = async ({ ports, retention = defaultRetention }: Office, dryRun: boolean): Promise<SocketAnswer> => {
  const now = ports.clock.now();
  const outcome = await applyRetention({ ports, chainOf, periods: retention }, { now, by: 'command', dryRun });
  if (!dryRun) await noteApplied(ports, now);
  return answer(
    0,
    { dryRun, ...outcome },
    inEveryLanguage((locale) => retentionText(outcome, dryRun, locale)),
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
  for (const table of chosen) {
    try {
      outcomes.push(...(await tables.rebuild(table.name)));
    } catch (error) {
      const words = corruption(error);
      if (words === undefined) throw error;
      return answer(
        1,
        { code: 'log-corrupt', projection: table.name },
        inEveryLanguage((locale) => `${table.name}: ${words[locale]}`),
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

const retry = async (office: Office, id: string): Promise<SocketAnswer> => {
  const outcome = await new Tables(office).retry(id);
  const said = inBoth.socket.retry[outcome];
  return outcome === 'not-found' ? answer(3, { code: outcome }, said) : answer(outcome === 'done' ? 0 : 6, { id, outcome }, said);
};

const dropExits = { dropped: 0, left: 2, 'not-found': 3, declared: 6 } as const;

const dropTable = async (office: Office, name: string, by: string, confirmed: boolean): Promise<SocketAnswer> => {
  const dropped = await new Tables(office).drop(name, by, confirmed);
  const exit = dropExits[dropped.outcome];
  if (!('rows' in dropped)) return answer(exit, { code: dropped.outcome }, inBoth.socket.drop[dropped.outcome]({ name }));
  const { outcome, rows, parked } = dropped;
  return answer(exit, { table: name, ...dropped }, inBoth.socket.drop[outcome]({ name, rows, parked }));
};

const enable = async ({ ports, eventTargets }: Office, target: string): Promise<SocketAnswer> => {
  const outcome = await enableWebhook(ports, eventTargets, target);
  const said = inBoth.socket.webhook[outcome];
  return outcome === 'not-found' ? answer(3, { code: outcome }, said) : answer(0, { target, outcome }, said);
};

/** Does what a command of the command line asks, in the process that has the stores open. */
export const performInService = async (office: Office, request: SocketRequest): Promise<SocketAnswer> => {
  try {
    return await perform(office, request);
  } catch (error) {
    if (!(error instanceof LogReadOnly)) throw error;
    return answer(1, { code: 'read-only' }, inBoth.socket.office.readOnly);
  }
};

const perform = async (office: Office, request: SocketRequest): Promise<SocketAnswer> => {
  const { ports } = office;
  const context = (): CommandContext => contextOfCommandLine(ports);
  switch (request.command) {
    case 'import':
      return importAnswer(request.what, await importFile(ports, request));
    case 'forget-ticket':
      return erase(notingRefusals(ports, 'forgetTicket', aboutTicket, forgetTicket(ports))(context(), request));
    case 'forget-request':
      return erase(
        notingRefusals(ports, 'forgetRequest', aboutRequest, forgetRequest(ports))(context(), { request, reason: request.reason }),
      );
    case 'report-of-ticket':
      return reported(await erasureDone(ports)({ ticketId: request.ticketId }));
    case 'report-of-request':
      return reported(await erasureDone(ports)({ request: { number: request.number, filedOn: request.filedOn } }));
    case 'apply-retention':
      return retain(office, request.dryRun);
    case 'rebuild':
      return rebuildTables(office, request.projection);
    case 'retry-parked':
      return retry(office, request.id);
    case 'drop-table':
      return dropTable(office, request.projection, context().actor.id, request.confirmed);
    case 'retry-letter':
      return (await retryLetter(ports, request.letterId))
        ? answer(0, { letterId: request.letterId }, inBoth.socket.letter.sentAgain)
        : answer(3, { code: 'not-found' }, inBoth.socket.letter.none);
    case 'enable-webhook':
      return enable(office, request.target);
    case 'clear-seal-alarm':
      return clearedAnswer(await clearAlarm(office, { by: context().actor.id, reason: request.reason }));
  }
};
