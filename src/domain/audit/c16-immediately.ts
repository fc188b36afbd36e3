import { check, fail, notApplicable, pass, pending, warn } from './check';
import { first } from './dossier';
import { firstOwedSending, sentAt } from './sending';
import { moment, notHeld } from './wording';

/** C16, Art. 7 (A17): sent within the target, else a warning; within the hard limit, else a failure. */
export const c16Immediately = check('C16', '7', (dossier) => {
  const held = first(dossier, 'Held');
  if (held === undefined) return notApplicable(notHeld);
  const { resolutionTargetAt: warnsAt, resolutionHardLimitAt: failsAt } = held.fact.data;
  const sent = firstOwedSending(dossier);
  if (sent === undefined) {
    if (dossier.asOf <= warnsAt)
      return pending({ ro: 'Rezoluția este în termen.', en: 'The resolution is not due yet.' }, [held], { warnsAt, failsAt });
    return dossier.asOf <= failsAt
      ? warn(
          {
            ro: `Ținta (${moment(warnsAt)}) a trecut, rezoluția nu a plecat.`,
            en: `The target (${moment(warnsAt)}) has passed and the resolution has not left.`,
          },
          [held],
          { failsAt },
        )
      : fail({ ro: `Rezoluția nu a plecat până la ${moment(failsAt)}.`, en: `The resolution had not left by ${moment(failsAt)}.` }, [held]);
  }
  const at = sentAt(sent);
  if (at <= warnsAt) return pass({ ro: 'Trimisă imediat după întâlnire.', en: 'Sent immediately after the meeting.' }, [held, sent]);
  return at <= failsAt
    ? warn(
        {
          ro: `Trimisă la ${moment(at)}, după țintă (${moment(warnsAt)}).`,
          en: `Sent at ${moment(at)}, after the target (${moment(warnsAt)}).`,
        },
        [held, sent],
      )
    : fail(
        {
          ro: `Trimisă la ${moment(at)}, după limita ${moment(failsAt)}.`,
          en: `Sent at ${moment(at)}, after the limit ${moment(failsAt)}.`,
        },
        [held, sent],
      );
});
