import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import { recordedAtOf } from '../../log/codec/event-codec.codec';
import { verifyChain, type ChainFault } from '../../log/codec/verify-chain';
import { eachReadable } from './each-readable';
import { finding, type Finding, type Words } from './finding';
import { fromBackup } from './from-backup';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

const remedyFor = (patient: Patient): Words => inBoth.doctor.checkLog.changedFromOutside({ restore: fromBackup(patient) });

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
    return [finding('log-gaps', inBoth.doctor.checkLog.logCannotRead({ message: error.message }), restore)];
  }
  const missing = await kept.missingPositions();
  const found: Finding[] = [];
  const [gap] = gaps;
  if (gap !== undefined || missing > 0) {
    const where = gap === undefined ? '' : ` ${gap.stream}, ${gap.revision}`;
    found.push(finding('log-gaps', inBoth.doctor.checkLog.eventsMissingLog({ missing, where }), restore));
  }
  const [first] = broken;
  if (first !== undefined) {
    const { stream, revision, eventId } = first;
    found.push(finding('hash-chain', inBoth.doctor.checkLog.sealDoesNotFit({ stream, revision, eventId, broken: broken.length }), restore));
  }
  return found;
};

/** Every event is the one that was sealed in its place, and the seals are ours: a chain that was computed again does not pass for whole. */
export const checkAsSealed = async (patient: Patient): Promise<readonly Finding[]> => {
  const wrong = await patient.sealDiffers?.();
  if (wrong === undefined) return [];
  return [finding('seal-differs', wrong, inBoth.doctor.checkLog.keepDataEvidenceRun)];
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
  return [finding('clock', inBoth.doctor.checkLog.clockBeforeNewestFact({ now, newest }), inBoth.doctor.checkLog.setClockNtpBefore)];
};
