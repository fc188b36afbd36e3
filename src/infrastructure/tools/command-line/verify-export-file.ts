import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { exportFaultWords } from '../../proof/fault-words';
import { exportFormat } from '../../proof/export/export-lines';
import { verifyExport, type ExportChecked } from '../../proof/export/export-verify';
import type { Invocation, JsonOption } from './invocation';
import { exitCodes } from './exit-code';
import { keyToInsistOn, mustHaveNoCheckpoint } from './files-to-verify';
import type { Words } from './terminal';
import { inBoth } from '../../phrasing/sentences';

type Options = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

const bytesLookedAt = 200;

/** By the first words of the file; one that cannot be read is told by whoever reads it next. */
export const isExport = (path: string): boolean => {
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
const claimsOf = ({ tickets, events, sealed, size, verifier }: ExportChecked, insisted: boolean): readonly Words[] => [
  inBoth.cli.verifyExportFile.fileWholeSignedTickets({ tickets, events, sealed, size: size ?? 0 }),
  inBoth.cli.verifyExportFile.notProvedEveryTicket,
  insisted ? inBoth.cli.verifyExportFile.signedKeyGiven : inBoth.cli.verifyExportFile.signedKeyCompareOne({ verifier: verifier ?? '?' }),
];

/** Offline, a line at a time: nothing is read but the file and the key. */
export const verifyExportFile = async (desk: Invocation, path: string, { checkpoint, key, json = false }: Options): Promise<void> => {
  mustHaveNoCheckpoint(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const checked = await verifyExport(createReadStream(path), insisted);
  const { findings, faults } = checked;
  const claims = faults === 0 ? claimsOf(checked, insisted !== undefined) : [];
  if (json)
    desk.printJson({
      ...checked,
      holds: faults === 0,
      findings: findings.map((finding) => ({ ...finding, text: exportFaultWords(finding) })),
      claims,
    });
  else {
    for (const finding of findings) desk.print(desk.colour('red', desk.say(exportFaultWords(finding))));
    if (faults > findings.length) desk.print(desk.say(inBoth.cli.verifyExportFile.more({ faults: faults - findings.length })));
    const [first, ...others] = claims.map((words) => desk.say(words));
    if (first !== undefined) desk.print(desk.colour('green', first));
    for (const claim of others) desk.print(claim);
  }
  if (faults > 0) desk.end(exitCodes.findings);
};
