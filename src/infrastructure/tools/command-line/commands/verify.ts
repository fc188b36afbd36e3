import type { Command } from 'commander';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { EventLogCorrupt } from '../../../../application/kernel/ports/event-store';
import { defined } from '../../../../domain/kernel/defined';
import type { Actor } from '../../../../domain/kernel/fact';
import { linkOf } from '../../../log/codec/event-codec.codec';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import { exportFaultWords, faultWords, proofFaultWords } from '../../../proof/fault-words';
import { exportFormat } from '../../../proof/export/export-lines';
import { type ExportChecked, verifyExport } from '../../../proof/export/export-verify';
import type { ProvedEvent, TicketProof } from '../../../proof/ticket-proof';
import { checkTicketProof } from '../../../proof/verify/check-ticket-proof';
import { readTicketProof } from '../../../proof/verify/read-ticket-proof';
import { type LogVerified, verifyLog } from '../../../proof/verify/verify-log';
import type { SignedCheckpoint } from '../../../signed-log/checkpoint';
import { type NoteVerifier, noteVerifierOf, verifierLine } from '../../../signed-log/signed-note';
import { eventDataLines } from '../explained-lines';
import { openLogToVerify } from '../installation';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { checkpointsIn, fileToVerify, keyToInsistOn, mustHaveNoCheckpoint } from '../named';
import { CommandEnds, exitCodes } from '../terminal';

type Options = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

const bytesLookedAt = 200;

/** By the first words of the file; one that cannot be read is told by whoever reads it next. */
const isExport = (path: string): boolean => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const beginning = Buffer.alloc(bytesLookedAt);
    return beginning.toString('utf8', 0, readSync(file, beginning)).includes(JSON.stringify(exportFormat));
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
};

/** What holds, and what nobody may read into it. */
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

/** What holds, and what nobody may read into it. */
const claimsOfProof = (
  proof: TicketProof,
  { origin, size }: SignedCheckpoint,
  verifier: string,
  insisted: NoteVerifier | undefined,
): readonly Sentence[] => [
  inBoth.cli.verifyProofFile.provedTheseEventsLog({ events: proof.events.length, origin, size }),
  inBoth.cli.verifyProofFile.notProvedTicketNo,
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
const limitsOf = ({ events, sealed, unsealedSince, outside }: LogVerified, insisted: boolean): readonly Sentence[] => [
  ...(events > sealed ? [inBoth.cli.verify.eventsNewerLastSeal({ events: events - sealed, unsealedSince: unsealedSince ?? '?' })] : []),
  ...(outside === 0 ? [inBoth.cli.verify.withoutCheckpointKeptElsewhere] : []),
  ...(insisted ? [] : [inBoth.cli.verify.keyOneKeptBeside]),
];

const show = (cli: Invocation, report: LogVerified, verifier: NoteVerifier, insisted: boolean): void => {
  const { events, sealed, checkpoints, outside, faults, faultsInAll } = report;
  cli.print(cli.words.verify.eventsSealedCheckpointsKept({ events, sealed, checkpoints, outside, verifier: verifierLine(verifier) }));
  for (const fault of faults) cli.print(cli.colour('red', cli.say(faultWords(fault))));
  if (faultsInAll > faults.length) cli.print(cli.words.verify.more({ faultsInAll: faultsInAll - faults.length }));
  if (faults.length === 0)
    cli.print(sealed === 0 ? cli.colour('yellow', cli.words.verify.nothingSealed) : cli.colour('green', cli.words.verify.asSealed));
  for (const limit of limitsOf(report, insisted)) cli.print(cli.colour('dim', cli.say(limit)));
};

const verifyWholeLog = async (cli: Invocation, { checkpoint = [], key, json = false }: VerifyOptions): Promise<void> => {
  const outside = checkpointsIn(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const { log, checkpoints, close } = await openLogToVerify(cli.settings).catch((error: unknown) => {
    throw error instanceof EventLogCorrupt ? new CommandEnds(exitCodes.findings, faultWords({ reason: 'unreadable', number: 1 })) : error;
  });
  try {
    const verifier = insisted ?? noteVerifierOf((await checkpoints.get('verifier')) ?? '');
    if (verifier === undefined) throw new CommandEnds(exitCodes.findings, inBoth.cli.verify.notSealed);
    const report = await cli.withProgress((onProgress) =>
      verifyLog({ log, checkpoints, verifier, outside, onProgress, ...defined({ signal: cli.terminal.signal }) }),
    );
    if (json)
      cli.printJson({
        ...report,
        verifier: verifierLine(verifier),
        faults: report.faults.map((fault) => ({ ...fault, text: faultWords(fault) })),
        limits: limitsOf(report, insisted !== undefined),
      });
    else show(cli, report, verifier, insisted !== undefined);
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
