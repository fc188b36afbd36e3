import type { Command } from 'commander';
import { EventLogCorrupt } from '../../../../application/kernel/ports/event-store';
import { defined } from '../../../../domain/kernel/defined';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { checkpointsIn, keyToInsistOn } from '../files-to-verify';
import { openLogToVerify } from '../open-log-to-verify';
import { progressOn } from '../progress';
import { noteVerifierOf, verifierLine, type NoteVerifier } from '../../../signed-log/signed-note';
import { faultWords } from '../../../proof/verify/fault-words';
import { verifyLog, type LogVerified } from '../../../proof/verify/verify-log';
import type { Words } from '../terminal';
import { isExport, verifyExportFile } from '../verify-export-file';
import { verifyProofFile } from '../verify-proof-file';

type VerifyOptions = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

const notSealed: Words = {
  ro: 'Jurnalul nu are sigilii și nici cheie publică: ori nu a fost sigilat niciodată, ori sigiliile au fost luate. Dați cheia cu --key și un sigiliu păstrat în altă parte cu --checkpoint.',
  en: 'The log has no seals and no public key: either it was never sealed, or the seals were taken away. Give the key with --key and a checkpoint that was kept elsewhere with --checkpoint.',
};

const asSealed: Words = {
  ro: 'Jurnalul este cel care a fost sigilat: nimic lipsă, nimic schimbat, nimic adăugat între evenimente.',
  en: 'The log is the one that was sealed: nothing missing, nothing changed, nothing put between events.',
};

const nothingSealed: Words = {
  ro: 'Nimic nu este sigilat încă: s-a verificat numai că lanțul evenimentelor este întreg.',
  en: 'Nothing is sealed yet: all that was verified is that the chain of the events is whole.',
};

/** What the answer does not cover, in words: a proof claims no more than it proves. */
const limitsOf = ({ events, sealed, unsealedSince, outside }: LogVerified, insisted: boolean): readonly Words[] => [
  ...(events > sealed
    ? [
        {
          ro: `Evenimente mai noi decât ultimul sigiliu: ${events - sealed} (de la ${unsealedSince ?? '?'}); la ele este verificat numai lanțul.`,
          en: `${events - sealed} events are newer than the last seal (from ${unsealedSince ?? '?'} on): of them only the chain is verified.`,
        },
      ]
    : []),
  ...(outside === 0
    ? [
        {
          ro: 'Fără un sigiliu păstrat în altă parte (--checkpoint) nu se poate vedea dacă jurnalul și sigiliile au fost duse înapoi împreună.',
          en: 'Without a checkpoint that was kept elsewhere (--checkpoint) nobody can see whether log and seals were rolled back together.',
        },
      ]
    : []),
  ...(insisted
    ? []
    : [
        {
          ro: 'Cheia este cea păstrată lângă jurnal: comparați-o cu cea dată în afară, sau dați-o cu --key.',
          en: 'The key is the one kept beside the log: compare it with the one that was given out, or give it with --key.',
        },
      ]),
];

const show = (desk: Desk, report: LogVerified, verifier: NoteVerifier, insisted: boolean): void => {
  const { events, sealed, checkpoints, outside, faults, faultsInAll } = report;
  desk.print(
    desk.say({
      ro: `Evenimente: ${events}, sigilate: ${sealed}; sigilii: ${checkpoints}, păstrate în altă parte: ${outside}; cheia ${verifierLine(verifier)}`,
      en: `${events} events, ${sealed} sealed; ${checkpoints} checkpoints, ${outside} kept elsewhere; key ${verifierLine(verifier)}`,
    }),
  );
  for (const fault of faults) desk.print(desk.colour('red', desk.say(faultWords(fault))));
  if (faultsInAll > faults.length)
    desk.print(desk.say({ ro: `… și încă ${faultsInAll - faults.length}.`, en: `… and ${faultsInAll - faults.length} more.` }));
  if (faults.length === 0)
    desk.print(sealed === 0 ? desk.colour('yellow', desk.say(nothingSealed)) : desk.colour('green', desk.say(asSealed)));
  for (const limit of limitsOf(report, insisted)) desk.print(desk.colour('dim', desk.say(limit)));
};

const verifyWholeLog = async (desk: Desk, { checkpoint = [], key, json = false }: VerifyOptions): Promise<void> => {
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

const withOptions = (command: Command, desk: Desk): Command =>
  command
    .option(
      '--checkpoint <file>',
      desk.say({ ro: 'un sigiliu păstrat în altă parte (se poate repeta)', en: 'a checkpoint that was kept elsewhere (may be repeated)' }),
      (path: string, others: readonly string[] | undefined) => [...(others ?? []), path],
    )
    .option('--key <line|file>', desk.say({ ro: 'cheia publică dată în afară', en: 'the public key that was given out' }));

export const verifyCommand: CommandOfTichet = (program, desk) => {
  withOptions(
    addCommand(program, desk, {
      usage: 'verify [file]',
      words: {
        ro: 'verifică tot jurnalul față de sigiliile lui, sau un fișier făcut de tichet proof ori tichet export (fără date, fără rețea); 6 dacă ceva nu se potrivește',
        en: 'verifies the whole log against its seals, or a file made by tichet proof or tichet export (no data, no network); 6 when anything does not fit',
      },
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
