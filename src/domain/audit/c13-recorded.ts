import { plusHours, secondsBetween } from '../time/civil-time';
import { check, fail, notApplicable, pass, pending, waived } from './check';
import { first, seen, type Dossier } from './dossier';
import { policyThen } from './stamps';
import { moment, notHeld, notOnline } from './wording';

/** Seconds recorded; a recording attached twice counts once, and one that is gone not at all. */
const secondsRecorded = (dossier: Dossier): number => {
  const recordings = new Map<string, number>();
  for (const { fact } of seen(dossier, 'RecordingAttached', 'RecordingWithdrawn')) {
    if (fact.type === 'RecordingAttached') recordings.set(fact.data.recordingId, fact.data.durationSeconds);
    else recordings.delete(fact.data.recordingId);
  }
  return [...recordings.values()].reduce((sum, seconds) => sum + seconds, 0);
};

/** C13, Art. 5 (A12, A13): an online meeting has a recording of at least 80 % of its length; a late one still counts, one deleted since does not. */
export const c13Recorded = check('C13', '5', (dossier) => {
  const held = first(dossier, 'Held');
  if (held === undefined) return notApplicable(notHeld);
  if (held.fact.data.mode !== 'online') return notApplicable(notOnline, [held]);
  const { startedAt, endedAt, recordingDueAt, policies } = held.fact.data;
  const waiver = first(dossier, 'RecordingWaived');
  const missing = seen(dossier, 'RecordingMissing');
  // Where an old history has both, the waiver excuses nothing.
  if (waiver !== undefined && missing.length === 0) {
    return waived(
      {
        ro: 'Cetățeanul nu a vrut înregistrarea; i s-au oferit alternative.',
        en: 'The citizen objected to the recording; alternatives were offered.',
      },
      [held, waiver],
    );
  }
  const attached = seen(dossier, 'RecordingAttached');
  const withdrawn = seen(dossier, 'RecordingWithdrawn');
  const recorded = secondsRecorded(dossier);
  const length = secondsBetween(startedAt, endedAt);
  const { percent } = policyThen(dossier, 'recording-coverage', policies).value;
  const evidence = [held, ...missing, waiver, ...attached, ...withdrawn];
  if (attached.length > 0 && recorded * 100 >= length * percent) {
    return pass(
      {
        ro: `Înregistrarea acoperă cel puțin ${percent} % din întâlnire.`,
        en: `The recording covers at least ${percent} % of the meeting.`,
      },
      evidence,
    );
  }
  const gone = withdrawn.at(-1);
  if (gone !== undefined) {
    const noticedAt = moment(gone.fact.data.noticedAt);
    return fail(
      {
        ro: `Înregistrarea nu mai este în Webex; s-a văzut la ${noticedAt}.`,
        en: `The recording is no longer on Webex; this was seen at ${noticedAt}.`,
      },
      evidence,
    );
  }
  if (missing.length > 0) return fail({ ro: 'Întâlnirea nu a fost înregistrată.', en: 'The meeting was not recorded.' }, evidence);
  const dueAt = recordingDueAt ?? plusHours(endedAt, policyThen(dossier, 'recording-deadline', policies).value.hours);
  if (dossier.asOf <= dueAt)
    return pending({ ro: 'Înregistrarea este așteptată.', en: 'The recording is awaited.' }, evidence, { failsAt: dueAt });
  return attached.length === 0
    ? fail({ ro: 'Înregistrarea lipsește.', en: 'The recording is missing.' }, evidence)
    : fail(
        {
          ro: `Înregistrarea acoperă mai puțin de ${percent} % din întâlnire.`,
          en: `The recording covers less than ${percent} % of the meeting.`,
        },
        evidence,
      );
});
