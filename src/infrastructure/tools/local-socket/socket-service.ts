import { Readable } from 'node:stream';
import { forgetRequest, forgetTicket } from '../../../application/privacy/forget';
import { erasureDone, type ErasureReport } from '../../../application/privacy/erasure-report';
import type { Done } from '../../../application/kernel/done';
import type { CommandContext } from '../../../application/kernel/execute';
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
import { LogReadOnly } from '../../proof/alarm/read-only-store';
import { problemCatalogue } from '../../phrasing/problems/catalogue';
import { chainOf } from '../../proof/chain-of';
import { importLines } from '../../outside/document-system/import/import-lines';
import type { ImportReport } from '../../outside/document-system/import/import-report';
import { requestImport, staffImport } from '../../outside/document-system/import/kinds';
import { clearAlarm, type AlarmCleared } from '../../proof/alarm/clear-alarm';
import { erasureText } from './erasure-text';
import type { SocketAnswer, SocketRequest } from './protocol';
import { inBoth } from '../../phrasing/sentences';
import { alarmWords } from '../../proof/alarm/alarm-words';

const standings = {
  ro: {
    due: 'scadente',
    nothing: 'fără nimic de șters',
    never: 'fără termen',
    active: 'active',
    unfinished: 'neîncheiate',
    'open-task': 'cu o sarcină deschisă',
    unread: 'despre care tabelele nu spun totul încă',
    'pending-check': 'cu o verificare în așteptare',
    'not-yet': 'în termen',
    refused: 'refuzate',
  },
  en: {
    due: 'due',
    nothing: 'with nothing to erase',
    never: 'without a period',
    active: 'active',
    unfinished: 'unfinished',
    'open-task': 'with an open task',
    unread: 'of which the tables do not say everything yet',
    'pending-check': 'with a pending check',
    'not-yet': 'within the period',
    refused: 'refused',
  },
} as const;

/** How many of each class are due, or why they are not: counts, and nobody. */
const retentionText = ({ counts, erased }: RetentionOutcome, dryRun: boolean, language: 'ro' | 'en'): string => {
  const said = standings[language];
  const lines = personalClasses.map((kind) => {
    const parts = Object.entries(counts[kind]).map(
      ([standing, count]) => `${count} ${Object.entries(said).find(([name]) => name === standing)?.[1] ?? standing}`,
    );
    return `${kind}: ${parts.length === 0 ? '0' : parts.join(', ')}`;
  });
  const done = dryRun ? inBoth.socket.retentionText.nothingErasedDryRun : inBoth.socket.retentionText.erasedNow({ erased });
  return [...lines, done[language]].join('\n');
};

/** What came of clearing the alarm, for whoever asked. */
const clearedAnswer = (outcome: AlarmCleared): SocketAnswer => {
  switch (outcome.kind) {
    case 'not-sealed':
      return { exit: 3, value: { code: 'not-sealed' }, ...inBoth.socket.clearedAnswer.logNotSealed };
    case 'no-alarm':
      return { exit: 0, value: { outcome: 'no-alarm' }, ...inBoth.socket.clearedAnswer.noAlarm };
    case 'stands':
      return {
        exit: 6,
        value: { outcome: 'stands', fault: outcome.fault },
        ...inBoth.socket.clearedAnswer.stands({ wrong: alarmWords(outcome.fault) }),
      };
    case 'cleared':
      return { exit: 0, value: { outcome: 'cleared', was: outcome.was }, ...inBoth.socket.clearedAnswer.alarmClearedWritingGoes };
  }
};

/** The stores, open for writing. */
export type Office = Pick<OpenedPorts, 'ports' | 'rows' | 'projections' | 'processes' | 'eventTargets' | 'sealing' | 'retention'>;

/** A person at the machine of the service: not one of its users, so named by the way they came. */
export const contextOfCommandLine = ({ identifiers, clock }: Ports): CommandContext => {
  const commandId = identifiers.next();
  return { commandId, correlationId: commandId, causationId: commandId, actor: { kind: 'system', id: 'command-line' }, at: clock.now() };
};

const answer = (exit: number, value: unknown, ro: string, en: string): SocketAnswer => ({ exit, value, ro, en });

const refused = ({ code, article, details }: Refusal): SocketAnswer => {
  const exit = code === 'not-found' || code === 'request-not-found' ? 3 : code === 'invalid' ? 5 : 1;
  const { detail } = problemCatalogue[code];
  const active = inBoth.socket.office.active;
  const words = code === 'wrong-state' ? active : detail;
  return answer(exit, { code, ...defined({ article, details }) }, words.ro, words.en);
};

type ImportRequest = Extract<SocketRequest, { readonly command: 'import' }>;

const importFile = (ports: Ports, { what, text }: ImportRequest): Promise<ImportReport> => {
  const format = /^\s*\{/.test(text) ? 'ndjson' : 'csv';
  const file = { format, input: Readable.from([Buffer.from(text)]) } as const;
  const context = contextOfCommandLine(ports);
  return what === 'staff' ? importLines(ports, context, staffImport, file) : importLines(ports, context, requestImport, file);
};

const importAnswer = (what: ImportRequest['what'], report: ImportReport): SocketAnswer => {
  const { imported, lines, faults } = report;
  const told = (language: 'ro' | 'en'): string =>
    faults
      .map(
        ({ line, field, message }) =>
          `\n${language === 'ro' ? 'linia' : 'line'} ${line}${field === undefined ? '' : `, ${field}`}: ${message[language]}`,
      )
      .join('');
  return answer(
    faults.length === 0 ? 0 : 5,
    { what, ...report },
    `${imported} din ${lines} linii importate.${told('ro')}`,
    `${imported} of ${lines} lines imported.${told('en')}`,
  );
};

const erasureAnswer = (report: ErasureReport): SocketAnswer => answer(0, report, erasureText(report, 'ro'), erasureText(report, 'en'));

const erase = async (outcome: Promise<Done<ErasureReport> | Refusal>): Promise<SocketAnswer> => {
  const erased = await outcome;
  return isRefusal(erased) ? refused(erased) : erasureAnswer(erased.value);
};

const reported = (report: ErasureReport | Refusal): SocketAnswer =>
  isRefusal(report)
    ? answer(
        3,
        { code: 'not-found' },
        'Aici nu s-a șters nimic: nu există un asemenea tichet ori cerere, sau datele personale nu au fost șterse.',
        'Nothing was erased here: there is no such ticket or request, or its personal data were not erased.',
      )
    : erasureAnswer(report);

const retain = async ({ ports, retention = defaultRetention }: Office, dryRun: boolean): Promise<SocketAnswer> => {
  const now = ports.clock.now();
  const outcome = await applyRetention({ ports, chainOf, periods: retention }, { now, by: 'command', dryRun });
  if (!dryRun) await noteApplied(ports, now);
  return answer(0, { dryRun, ...outcome }, retentionText(outcome, dryRun, 'ro'), retentionText(outcome, dryRun, 'en'));
};

/** What cannot be read, and where it stands. By its name: from another thread an error comes without its class. */
const corruption = (error: unknown): { readonly ro: string; readonly en: string } | undefined =>
  error instanceof Error && error.name === 'EventLogCorrupt'
    ? inBoth.socket.office.logCannotReadTable({ message: error.message })
    : undefined;

const rebuildTables = async (office: Office, name: string | undefined): Promise<SocketAnswer> => {
  const [tables, chosen] = [new Tables(office), tablesNamed(office, name)];
  if (chosen.length === 0) return answer(3, { code: 'not-found' }, `Nu există tabelul ${name ?? ''}.`, `There is no table ${name ?? ''}.`);
  const outcomes: { readonly projection: string; readonly outcome: string }[] = [];
  for (const table of chosen) {
    try {
      outcomes.push(...(await tables.rebuild(table.name)));
    } catch (error) {
      const words = corruption(error);
      if (words === undefined) throw error;
      return answer(1, { code: 'log-corrupt', projection: table.name }, `${table.name}: ${words.ro}`, `${table.name}: ${words.en}`);
    }
  }
  const refusedSome = outcomes.some(({ outcome }) => outcome !== 'switched');
  // who asked for a derived table is told why another one is named
  const told = (and: string): string =>
    chosen
      .map(({ name: table, derived }, place) => {
        const outcome = outcomes[place]?.outcome ?? '';
        return `${table}: ${outcome}${derived === undefined ? '' : ` (${and} ${derived.name})`}`;
      })
      .join('\n');
  return answer(
    refusedSome ? 6 : 0,
    { projections: outcomes },
    told('și, odată cu el, tabelul derivat'),
    told('and with it, derived from it,'),
  );
};

const retry = async (office: Office, id: string): Promise<SocketAnswer> => {
  switch (await new Tables(office).retry(id)) {
    case 'done':
      return answer(0, { id, outcome: 'done' }, 'Rândul este din nou la zi.', 'The row is up to date again.');
    case 'still-parked':
      return answer(6, { id, outcome: 'still-parked' }, 'Evenimentul tot nu poate fi aplicat.', 'The event still cannot be applied.');
    case 'needs-rebuild':
      return answer(
        6,
        { id, outcome: 'needs-rebuild' },
        'Tabelul trebuie reconstruit: tichet projections rebuild.',
        'The table must be rebuilt: tichet projections rebuild.',
      );
    case 'not-found':
      return answer(3, { code: 'not-found' }, 'Nu există un rând parcat cu acest număr.', 'There is no parked row of this number.');
  }
};

const enable = async ({ ports, eventTargets }: Office, target: string): Promise<SocketAnswer> => {
  const outcome = await enableWebhook(ports, eventTargets, target);
  switch (outcome) {
    case 'enabled':
      return answer(0, { target, outcome }, 'Se trimite din nou, de unde a rămas.', 'It is sent to again, from where it stopped.');
    case 'not-waiting':
      return answer(0, { target, outcome }, 'Ținta nu era oprită.', 'The target was not disabled.');
    case 'not-found':
      return answer(
        3,
        { code: 'not-found' },
        'Serviciul nu are o țintă cu acest nume (TICHET_WEBHOOKS_FILE).',
        'The service has no target of this name (TICHET_WEBHOOKS_FILE).',
      );
  }
};

/** Does what a command of the command line asks, in the process that has the stores open. */
export const performInService = async (office: Office, request: SocketRequest): Promise<SocketAnswer> => {
  try {
    return await perform(office, request);
  } catch (error) {
    if (!(error instanceof LogReadOnly)) throw error;
    return answer(
      1,
      { code: 'read-only' },
      'Jurnalul nu este ce a fost sigilat și nu se mai scrie nimic în el: tichet seal spune de ce. Comanda nu a schimbat nimic.',
      'The log is not what was sealed, and nothing is written to it any more: tichet seal says why. The command has changed nothing.',
    );
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
    case 'retry-letter':
      return (await retryLetter(ports, request.letterId))
        ? answer(0, { letterId: request.letterId }, 'Scrisoarea va fi trimisă din nou.', 'The letter will be sent again.')
        : answer(3, { code: 'not-found' }, 'Nicio scrisoare cu acest număr nu așteaptă.', 'No letter of this number waits.');
    case 'enable-webhook':
      return enable(office, request.target);
    case 'clear-seal-alarm':
      return clearedAnswer(await clearAlarm(office, { by: context().actor.id, reason: request.reason }));
  }
};
