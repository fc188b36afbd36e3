import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { verifyChain, type ChainFault } from '../serialization/verify-chain';
import { openReading } from '../sqlite/open-database';
import type { Recorded } from '../../application/ports/event-store';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

type EventRow = Omit<Recorded, 'position'> & { readonly place: number };

const columns = 'position AS place, stream, revision, id, type, data AS body, lower(hex(hash)) AS hash';

/** Every event, stream by stream, straight from the table: a broken log is read as far as it goes. */
export function* eventsByStream(folder: string): Generator<readonly Recorded[]> {
  const database = openReading(pathIn(folder, dataFiles.events));
  try {
    let stream: Recorded[] = [];
    for (const { place, ...event } of database.prepare<[], EventRow>(`SELECT ${columns} FROM events ORDER BY stream, revision`).iterate()) {
      if (stream[0] !== undefined && stream[0].stream !== event.stream) {
        yield stream;
        stream = [];
      }
      stream.push({ ...event, position: String(place) });
    }
    if (stream.length > 0) yield stream;
  } finally {
    database.close();
  }
}

const missingPositions = (folder: string): number => {
  const database = openReading(pathIn(folder, dataFiles.events));
  const count: unknown = database.prepare('SELECT coalesce(max(position), 0) - count(*) FROM events').pluck().get();
  database.close();
  return typeof count === 'number' ? count : 0;
};

const restore = [
  'Jurnalul a fost modificat din afară: opriți serviciul, păstrați dosarul ca dovadă și restaurați ultima copie (tichet restore).',
  'The log was changed from outside: stop the service, keep the folder as evidence and restore the newest backup (tichet restore).',
] as const;

/** No event is missing, and none was changed (C21 over everything). */
export const checkLog = ({ folder }: Patient): readonly Finding[] => {
  if (!existsSync(pathIn(folder, dataFiles.events))) return [];
  const broken: ChainFault[] = [];
  const gaps: ChainFault[] = [];
  for (const stream of eventsByStream(folder)) {
    const fault = verifyChain(stream);
    if (fault !== undefined) (fault.reason === 'revision-gap' ? gaps : broken).push(fault);
  }
  const missing = missingPositions(folder);
  const found: Finding[] = [];
  const [gap] = gaps;
  if (gap !== undefined || missing > 0) {
    const where = gap === undefined ? '' : ` ${gap.stream}, ${gap.revision}`;
    found.push(
      finding(
        'log-gaps',
        [`Din jurnal lipsesc evenimente (${missing}).${where}`, `Events are missing in the log (${missing}).${where}`],
        restore,
      ),
    );
  }
  const [first] = broken;
  if (first !== undefined) {
    const { stream, revision, eventId } = first;
    found.push(
      finding(
        'hash-chain',
        [
          `Sigiliul nu se potrivește: ${stream}, revizia ${revision} (${eventId}); fluxuri atinse: ${broken.length}.`,
          `The seal does not fit: ${stream}, revision ${revision} (${eventId}); streams touched: ${broken.length}.`,
        ],
        restore,
      ),
    );
  }
  return found;
};

/** The clock of the machine is not before the newest fact. */
export const checkClock = ({ folder, now }: Patient): readonly Finding[] => {
  if (!existsSync(pathIn(folder, dataFiles.events))) return [];
  const database = openReading(pathIn(folder, dataFiles.events));
  // An event that is no JSON any more is told by the chain, and has no time.
  const newest: unknown = database
    .prepare("SELECT max(json_extract(data, '$.metadata.recordedAt')) FROM events WHERE json_valid(data)")
    .pluck()
    .get();
  database.close();
  if (typeof newest !== 'string' || newest <= now) return [];
  return [
    finding(
      'clock',
      [`Ceasul (${now}) este înaintea celui mai nou fapt (${newest}).`, `The clock (${now}) is before the newest fact (${newest}).`],
      ['Potriviți ceasul (NTP) înainte de a porni serviciul.', 'Set the clock (NTP) before the service is started.'],
    ),
  ];
};
