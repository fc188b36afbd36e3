import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { EventLogCorrupt, type EventStore, namesOfDamaged } from '@tichet-albastru/event-log/ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Actor } from '../../../../domain/kernel/fact';
import { type AcceptedLogs, acceptedLogs, noneAccepted } from '../../../proof/accepted-logs';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { linkOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import type { RememberedEvent } from '../../../proof/acknowledged/missing';
import { acknowledgedIn } from '../../../proof/acknowledged/watch';
import { type DamagedStream, damagedStreams, faultOfDamage } from '../../../proof/damaged-streams';
import { damageAndMending, exportFaultWords, faultWords, proofFaultWords } from '../../../proof/fault-words';
import { type ExportChecked, verifyExport } from '../../../proof/export/export-verify';
import type { ProvedEvent, TicketProof } from '../../../proof/ticket-proof';
import { checkTicketProof } from '../../../proof/verify/check-ticket-proof';
import { readTicketProof } from '../../../proof/verify/read-ticket-proof';
import { watchedWhileRead } from '../../../proof/verify/stored-log';
import { type LogVerified, verifyLog } from '../../../proof/verify/verify-log';
import { type NoteVerifier, noteVerifierOf, type SignedCheckpoint, verifierLine } from '@tichet-albastru/signed-log';
import { eventDataLines } from '../explained-lines';
import { type HandledUntil, tablesAhead } from '../../doctor/stored-behind-ports';
import { openLogToVerify } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { checkpointsIn, fileToVerify, isExport, keyToInsistOn, mustHaveNoCheckpoint } from '../named';
import { CommandEnds, exitCodes } from '../terminal';

type Options = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

/** What holds, and what does not follow from it. */
const claimsOfExport = ({ tickets, events, sealed, size, verifier }: ExportChecked, insisted: boolean): readonly Sentence[] => [
  inBoth.cli.verifyExportFile.fileWholeSignedTickets({ tickets, events, sealed, size: size ?? 0 }),
  inBoth.cli.verifyExportFile.notProvedEveryTicket,
  insisted ? inBoth.cli.verifyExportFile.signedKeyGiven : inBoth.cli.verifyExportFile.signedKeyCompareOne({ verifier: verifier ?? '?' }),
];

/** Offline, a line at a time: nothing is read but the file and the key. */
const verifyExportFile = async (cli: Invocation, path: string, { checkpoint, key, json = false }: Options): Promise<void> => {
  mustHaveNoCheckpoint(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const checked = await verifyExport(createReadStream(path), insisted);
  const { findings, faults } = checked;
  const claims = faults === 0 ? claimsOfExport(checked, insisted !== undefined) : [];
  if (json)
    cli.printJson({
      ...checked,
      holds: faults === 0,
      findings: findings.map((finding) => ({ ...finding, text: exportFaultWords(finding) })),
      claims,
    });
  else {
    for (const finding of findings) cli.print(cli.colour('red', cli.say(exportFaultWords(finding))));
    if (faults > findings.length) cli.print(cli.words.verifyExportFile.more({ faults: faults - findings.length }));
    const [first, ...others] = claims.map((words) => cli.say(words));
    if (first !== undefined) cli.print(cli.colour('green', first));
    for (const claim of others) cli.print(claim);
  }
  if (faults > 0) cli.end(exitCodes.findings);
};

const closedMark = '[…]';

/** What a fact says, with a mark for personal data: they are sealed in the file, and stay so. */
const withoutSealed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSealed);
  if (typeof value !== 'object' || value === null) return value;
  if ('sealed' in value) return closedMark;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutSealed(item)]));
};

const actorWords = (actor: Actor): string => (actor.kind === 'citizen' ? actor.kind : `${actor.kind} ${actor.id}`);

const stepOf = (event: ProvedEvent) => {
  const { type, recordedAt, actor, data } = linkOf(event);
  return { number: event.leaf + 1, at: recordedAt, type, actor: actorWords(actor), data: withoutSealed(data) };
};

/** What holds, and what does not follow from it. */
const claimsOfProof = (
  proof: TicketProof,
  { origin, size }: SignedCheckpoint,
  verifier: string,
  insisted: NoteVerifier | undefined,
): readonly Sentence[] => [
  inBoth.cli.verifyProofFile.provedTheseEventsLog({ events: proof.events.length, origin, size }),
  ...(proof.evidence === undefined
    ? [inBoth.cli.verifyProofFile.notProvedTicketNo]
    : [inBoth.cli.verifyProofFile.endsThere({ size }), inBoth.cli.verifyProofFile.notProvedNewer]),
  ...(proof.notYetSealed === 0 ? [] : [inBoth.cli.verifyProofFile.fileSaysWithoutProof({ notYetSealed: proof.notYetSealed })]),
  ...(proof.timeStamp === undefined ? [] : [inBoth.cli.verifyProofFile.fileBearsTimeStamp]),
  insisted === undefined ? inBoth.cli.verifyProofFile.signedKeyCompareOne({ verifier }) : inBoth.cli.verifyProofFile.signedKeyGiven,
];

/** Offline: nothing is read but the file and the key. */
const verifyProofFile = (cli: Invocation, path: string, { checkpoint, key, json = false }: Options): void => {
  mustHaveNoCheckpoint(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const proof = readTicketProof(fileToVerify(path));
  if (proof === undefined) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.verifyProofFile.fileNoProofTicket({ path }));
  const checked = checkTicketProof(proof, insisted);
  if (checked.kind === 'fails') {
    const text = proofFaultWords(checked.fault);
    if (json) cli.printJson({ holds: false, ...checked.fault, text });
    else cli.print(cli.colour('red', cli.say(text)));
    cli.end(exitCodes.findings);
    return;
  }
  const steps = proof.events.map(stepOf);
  const claims = claimsOfProof(proof, checked.checkpoint, checked.verifier, insisted);
  const { origin, size } = checked.checkpoint;
  if (json) {
    cli.printJson({
      holds: true,
      ticketId: proof.ticketId,
      verifier: checked.verifier,
      keyGiven: insisted !== undefined,
      origin,
      size,
      steps,
      claims,
    });
    return;
  }
  cli.printTable(
    ['nr.', cli.words.verifyProofFile.at, cli.words.verifyProofFile.fact, cli.words.verifyProofFile.who, cli.words.verifyProofFile.says],
    steps.map(({ number, at, type, actor, data }) => [String(number), at, type, actor, eventDataLines(data)]),
  );
  const [first, ...others] = claims.map((words) => cli.say(words));
  cli.print(cli.colour('green', first ?? ''));
  for (const claim of others) cli.print(claim);
};

type VerifyOptions = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

/** What the answer does not cover, in words: a proof claims no more than it proves. */
const limitsOf = (
  { events, sealed, unsealedSince, outside }: LogVerified,
  insisted: NoteVerifier | undefined,
  { acceptances }: AcceptedLogs,
): readonly Sentence[] => [
  ...acceptances.map(({ at, total, events: before, verifier }) =>
    insisted !== undefined && verifier === verifierLine(insisted)
      ? inBoth.cli.verify.keySetAside({ at, total })
      : inBoth.cli.verify.logAccepted({ at, total, events: before, verifier }),
  ),
  ...(events > sealed ? [inBoth.cli.verify.eventsNewerLastSeal({ events: events - sealed, unsealedSince: unsealedSince ?? '?' })] : []),
  ...(outside === 0 ? [inBoth.cli.verify.withoutCheckpointKeptElsewhere] : []),
  ...(insisted === undefined ? [inBoth.cli.verify.keyOneKeptBeside] : []),
];

const show = (cli: Invocation, report: LogVerified, verifier: NoteVerifier, limits: readonly Sentence[]): void => {
  const { events, sealed, checkpoints, outside, faults, faultsInAll } = report;
  cli.print(cli.words.verify.eventsSealedCheckpointsKept({ events, sealed, checkpoints, outside, verifier: verifierLine(verifier) }));
  for (const fault of faults) cli.print(cli.colour('red', cli.say(faultWords(fault))));
  if (faultsInAll > faults.length) cli.print(cli.words.verify.more({ faultsInAll: faultsInAll - faults.length }));
  if (faults.length === 0)
    cli.print(sealed === 0 ? cli.colour('yellow', cli.words.verify.nothingSealed) : cli.colour('green', cli.words.verify.asSealed));
  for (const limit of limits) cli.print(cli.colour('dim', cli.say(limit)));
};

/** Of a log that is broken there, nothing is said but that. */
const acceptedIn = (store: EventStore): Promise<AcceptedLogs> => unlessThrown(EventLogCorrupt, noneAccepted, () => acceptedLogs(store));

const mostMissing = 20;

/** With what was acknowledged and is gone: no seal need say anything of it. */
const withMissing = (report: LogVerified, missing: readonly RememberedEvent[], counts: boolean): LogVerified => ({
  ...report,
  faults: [
    ...report.faults,
    ...missing.slice(0, mostMissing).map(({ id: eventId, stream, revision, position }) => ({
      reason: 'acknowledged-missing' as const,
      number: counts ? numberOf(position) : 0,
      ...{ eventId, stream, revision },
    })),
  ],
  faultsInAll: report.faultsInAll + missing.length,
});

/**
 * Adds the tables that have handled more than the log has: only they may know of it. Named once, where nothing else is wrong with the log.
 */
const withAhead = async (report: LogVerified, store: EventStore, handled: () => Promise<readonly HandledUntil[]>): Promise<LogVerified> => {
  if (report.faults.length > 0 || (await tablesAhead(store, await handled())).length === 0) return report;
  return { ...report, faults: [{ reason: 'tables-ahead', number: 0 }], faultsInAll: 1 };
};

/** With the streams that are not whole: what the server still shows of them in the whole log hides it. */
const withDamage = (report: LogVerified, damaged: readonly DamagedStream[]): LogVerified => {
  const open = damaged.filter(({ closedAt }) => closedAt === undefined).map(faultOfDamage);
  return { ...report, faults: [...open, ...report.faults], faultsInAll: report.faultsInAll + open.length };
};

const verifyWholeLog = async (cli: Invocation, { checkpoint = [], key, json = false }: VerifyOptions): Promise<void> => {
  const outside = checkpointsIn(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const { log, openStore, checkpoints, handled, close } = await openLogToVerify(cli.settings).catch((error: unknown) => {
    throw error instanceof EventLogCorrupt ? new CommandEnds(exitCodes.findings, faultWords({ reason: 'unreadable', number: 1 })) : error;
  });
  try {
    const verifier = insisted ?? noteVerifierOf((await checkpoints.get('verifier')) ?? '');
    if (verifier === undefined) throw new CommandEnds(exitCodes.findings, inBoth.cli.verify.notSealed);
    const acknowledged = await acknowledgedIn(cli.settings.dataDirectory);
    // a log whose positions count its events is in no server's hands that cuts streams: it is opened behind the reading
    const onServer = log.counts ? undefined : await openStore();
    const cut = onServer && (await namesOfDamaged(onServer));
    const verified = await cli.withProgress((onProgress) =>
      verifyLog({
        log: watchedWhileRead(log, acknowledged.see),
        checkpoints,
        verifier,
        outside,
        onProgress,
        ...defined({ cut, signal: cli.terminal.signal }),
      }),
    );
    const store = onServer ?? (await openStore());
    const damaged = await damagedStreams(store);
    // of a log that cannot be read, that is said
    const whole = verified.faults.some(({ reason }) => reason === 'unreadable')
      ? verified
      : await withAhead(withMissing(verified, (await acknowledged.compare(store)).missing?.events ?? [], log.counts), store, handled);
    const report = withDamage(whole, damaged);
    const accepted = await acceptedIn(store);
    const limits = [
      ...limitsOf(report, insisted, accepted),
      ...damaged.flatMap(({ closedAt: at, ...damage }) =>
        at === undefined ? [] : [inBoth.cli.verify.streamClosed({ at, wrong: damageAndMending(damage) })],
      ),
    ];
    if (json)
      cli.printJson({
        ...report,
        verifier: verifierLine(verifier),
        faults: report.faults.map((fault) => ({ ...fault, text: faultWords(fault) })),
        ...(accepted.acceptances.length > 0 && { accepted: accepted.acceptances }),
        limits,
      });
    else show(cli, report, verifier, limits);
    if (report.faults.length > 0) cli.end(exitCodes.findings);
  } finally {
    await close();
  }
};

const withOptions = (command: Command, cli: Invocation): Command =>
  command
    .option('--checkpoint <file>', cli.words.verify.optionCheckpoint, (path: string, others: readonly string[] | undefined) => [
      ...(others ?? []),
      path,
    ])
    .option('--key <line|file>', cli.words.verify.optionKey);

export const verifyCommand: CommandOfTichet = (program, cli) => {
  withOptions(
    addCommand(program, cli, 'verify [file]', cli.words.verify.aboutVerify, [
      'tichet verify',
      'tichet verify --checkpoint martor.txt --key cheia.txt',
      'tichet verify TA-7K2M9QXD.json --key cheia.txt',
      'tichet verify martie.jsonl --key cheia.txt',
    ]),
    cli,
  ).action(async (file: string | undefined, options: VerifyOptions) => {
    if (file === undefined) await verifyWholeLog(cli, options);
    else if (isExport(file)) await verifyExportFile(cli, file, options);
    else verifyProofFile(cli, file, options);
  });
};
