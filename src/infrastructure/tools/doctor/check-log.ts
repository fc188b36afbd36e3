import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import { recordedAtOf } from '../../log/codec/event-codec.codec';
import { verifyChain, type ChainFault } from '../../log/codec/verify-chain';
import { eachReadable } from './each-readable';
import { finding, type Finding } from './finding';
import { fromBackup } from './from-backup';
import type { Patient } from './patient';

const remedyFor = (patient: Patient): readonly [string, string] => {
  const [ro, en] = fromBackup(patient);
  return [
    `Jurnalul a fost modificat din afară: opriți serviciul, păstrați datele ca dovadă și ${ro}.`,
    `The log was changed from outside: stop the service, keep the data as evidence and ${en}.`,
  ];
};

/** No event is missing, and none was changed (C21 over everything). */
export const checkLog = async (patient: Patient): Promise<readonly Finding[]> => {
  const { kept } = patient;
  if (kept === undefined) return [];
  const restore = remedyFor(patient);
  const broken: ChainFault[] = [];
  const gaps: ChainFault[] = [];
  try {
    for await (const stream of kept.streams()) {
      const fault = verifyChain(stream);
      if (fault !== undefined) (fault.reason === 'revision-gap' ? gaps : broken).push(fault);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return [finding('log-gaps', [`Jurnalul nu poate fi citit: ${error.message}`, `The log cannot be read: ${error.message}`], restore)];
  }
  const missing = await kept.missingPositions();
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

/** Every event is the one that was sealed in its place, and the seals are ours: a chain that was computed again does not pass for whole. */
export const checkAsSealed = async (patient: Patient): Promise<readonly Finding[]> => {
  const wrong = await patient.sealDiffers?.();
  if (wrong === undefined) return [];
  return [
    finding(
      'seal-differs',
      [wrong.ro, wrong.en],
      [
        'Păstrați datele ca dovadă și rulați tichet verify, cu un sigiliu păstrat în altă parte (docs/proof-verification.md).',
        'Keep the data as evidence and run tichet verify, with a checkpoint that was kept elsewhere (docs/proof-verification.md).',
      ],
    ),
  ];
};

/** The clock of the machine is not before the newest fact. */
export const checkClock = async ({ kept, now }: Patient): Promise<readonly Finding[]> => {
  let newest = '';
  await eachReadable(kept, (stream) => {
    for (const event of stream) {
      const at = recordedAtOf(event) ?? '';
      if (at > newest) newest = at;
    }
  });
  if (newest <= now) return [];
  return [
    finding(
      'clock',
      [`Ceasul (${now}) este înaintea celui mai nou fapt (${newest}).`, `The clock (${now}) is before the newest fact (${newest}).`],
      ['Potriviți ceasul (NTP) înainte de a porni serviciul.', 'Set the clock (NTP) before the service is started.'],
    ),
  ];
};
