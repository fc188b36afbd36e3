import { EventLogCorrupt } from '../../application/ports/event-store';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { logInFolder } from '../doctor/kept-in-folder';
import { verifyChain } from '../serialization/verify-chain';
import { openReading } from '../sqlite/open-database';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';

const streamsAtOnce = 200;
const mostNamed = 5;

/** Its number in the log. */
const firstMissing = (folder: string): number => {
  const database = openReading(pathIn(folder, dataFiles.events));
  try {
    const place = database.prepare<[], number>('SELECT position FROM events ORDER BY position').pluck().iterate();
    let number = 1;
    for (const position of place) {
      if (position !== number) return number;
      number += 1;
    }
    return number;
  } finally {
    database.close();
  }
};

/** Every stream's chain of hashes, and that no place of the log is empty. */
export const checkChain = async (folder: string, events: number, turn: DrillTurn): Promise<readonly DrillFault[]> => {
  const log = logInFolder(folder);
  const found: DrillFault[] = [];
  let [streams, read] = [0, 0];
  try {
    for await (const stream of log.streams()) {
      const broken = verifyChain(stream);
      if (broken !== undefined && found.length < mostNamed)
        found.push(
          drillFault(
            'chain',
            `Lanțul de amprente este rupt (${broken.reason}).`,
            `The chain of hashes is broken (${broken.reason}).`,
            `${broken.stream}@${broken.revision}`,
          ),
        );
      read += stream.length;
      if ((streams += 1) % streamsAtOnce !== 0) continue;
      turn.tell('chain', read, events);
      await breathe(turn);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    found.push(drillFault('chain', 'Jurnalul nu poate fi citit până la capăt.', 'The log cannot be read to its end.'));
  }
  const missing = await log.missingPositions();
  if (missing > 0)
    found.push(
      drillFault(
        'chain',
        `Din jurnal lipsesc ${missing} evenimente.`,
        `${missing} events are missing in the log.`,
        String(firstMissing(folder)),
      ),
    );
  return found;
};
