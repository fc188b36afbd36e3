import type { Command } from 'commander';
import { EventLogCorrupt } from '../../../../application/kernel/ports/event-store';
import { defined } from '../../../../domain/kernel/defined';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../exit-code';
import { checkpointsIn, keyToInsistOn } from '../files-to-verify';
import { openLogToVerify } from '../open-log-to-verify';
import { progressOn } from '../progress';
import { noteVerifierOf, verifierLine, type NoteVerifier } from '../../../signed-log/signed-note';
import { faultWords } from '../../../proof/fault-words';
import { verifyLog, type LogVerified } from '../../../proof/verify/verify-log';
import type { Words } from '../terminal';
import { isExport, verifyExportFile } from '../verify-export-file';
import { verifyProofFile } from '../verify-proof-file';
import { inBoth } from '../../../phrasing/sentences';

type VerifyOptions = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

const notSealed: Words = inBoth.cli.verify.notSealed;

const asSealed: Words = inBoth.cli.verify.asSealed;

const nothingSealed: Words = inBoth.cli.verify.nothingSealed;

/** What the answer does not cover, in words: a proof claims no more than it proves. */
const limitsOf = ({ events, sealed, unsealedSince, outside }: LogVerified, insisted: boolean): readonly Words[] => [
  ...(events > sealed ? [inBoth.cli.verify.eventsNewerLastSeal({ events: events - sealed, unsealedSince: unsealedSince ?? '?' })] : []),
  ...(outside === 0 ? [inBoth.cli.verify.withoutCheckpointKeptElsewhere] : []),
  ...(insisted ? [] : [inBoth.cli.verify.keyOneKeptBeside]),
];

const show = (desk: Invocation, report: LogVerified, verifier: NoteVerifier, insisted: boolean): void => {
  const { events, sealed, checkpoints, outside, faults, faultsInAll } = report;
  desk.print(
    desk.say(inBoth.cli.verify.eventsSealedCheckpointsKept({ events, sealed, checkpoints, outside, verifier: verifierLine(verifier) })),
  );
  for (const fault of faults) desk.print(desk.colour('red', desk.say(faultWords(fault))));
  if (faultsInAll > faults.length) desk.print(desk.say(inBoth.cli.verify.more({ faultsInAll: faultsInAll - faults.length })));
  if (faults.length === 0)
    desk.print(sealed === 0 ? desk.colour('yellow', desk.say(nothingSealed)) : desk.colour('green', desk.say(asSealed)));
  for (const limit of limitsOf(report, insisted)) desk.print(desk.colour('dim', desk.say(limit)));
};

const verifyWholeLog = async (desk: Invocation, { checkpoint = [], key, json = false }: VerifyOptions): Promise<void> => {
  const outside = checkpointsIn(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const { log, checkpoints, close } = await openLogToVerify(desk.settings).catch((error: unknown) => {
    throw error instanceof EventLogCorrupt ? new CommandEnds(exitCodes.findings, faultWords({ reason: 'unreadable', number: 1 })) : error;
  });
  const progress = progressOn(desk.terminal);
  try {
    const verifier = insisted ?? noteVerifierOf((await checkpoints.get('verifier')) ?? '');
    if (verifier === undefined) throw new CommandEnds(exitCodes.findings, notSealed);
    const report = await verifyLog({
      log,
      checkpoints,
      verifier,
      outside,
      onProgress: (done, total) => {
        progress.at(done, total);
      },
      ...defined({ signal: desk.terminal.signal }),
    });
    progress.stop();
    if (json)
      desk.printJson({
        ...report,
        verifier: verifierLine(verifier),
        faults: report.faults.map((fault) => ({ ...fault, text: faultWords(fault) })),
        limits: limitsOf(report, insisted !== undefined),
      });
    else show(desk, report, verifier, insisted !== undefined);
    if (report.faults.length > 0) desk.end(exitCodes.findings);
  } finally {
    progress.stop();
    await close();
  }
};

const withOptions = (command: Command, desk: Invocation): Command =>
  command
    .option('--checkpoint <file>', desk.say(inBoth.cli.verify.optionCheckpoint), (path: string, others: readonly string[] | undefined) => [
      ...(others ?? []),
      path,
    ])
    .option('--key <line|file>', desk.say(inBoth.cli.verify.optionKey));

export const verifyCommand: CommandOfTichet = (program, desk) => {
  withOptions(
    addCommand(program, desk, {
      usage: 'verify [file]',
      words: inBoth.cli.verify.aboutVerify,
      examples: [
        'tichet verify',
        'tichet verify --checkpoint martor.txt --key cheia.txt',
        'tichet verify TA-7K2M9QXD.json --key cheia.txt',
        'tichet verify martie.jsonl --key cheia.txt',
      ],
    }),
    desk,
  ).action(async (file: string | undefined, options: VerifyOptions) => {
    if (file === undefined) await verifyWholeLog(desk, options);
    else if (isExport(file)) await verifyExportFile(desk, file, options);
    else verifyProofFile(desk, file, options);
  });
};
