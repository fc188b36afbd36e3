import type { SignedLogFault } from '../../signed-log/not-as-signed';

type Words = { readonly ro: string; readonly en: string };

/** What was found, for whoever runs the service. Names of streams hold nothing personal. */
export const alarmWords = ({ reason, number, stream, revision }: SignedLogFault): Words => {
  const place = stream === undefined ? '' : ` (${stream}, ${revision ?? '?'})`;
  const words: Readonly<Record<SignedLogFault['reason'], Words>> = {
    'event-missing': { ro: `lipsește evenimentul ${number}.`, en: `event ${number} is missing.` },
    'hash-differs': {
      ro: `evenimentul ${number}${place} nu este ce spune sigiliul lui.`,
      en: `event ${number}${place} is not what its hash says.`,
    },
    'other-event': {
      ro: `la locul ${number}${place} stă alt eveniment decât cel sigilat.`,
      en: `at place ${number}${place} stands another event than the one that was sealed.`,
    },
    'log-shorter': {
      ro: `jurnalul se termină înainte de ce a fost semnat; primul care lipsește este ${number}.`,
      en: `the log ends before what was signed; the first that is missing is ${number}.`,
    },
    'tree-differs': {
      ro: 'jurnalul nu duce la rădăcina semnată; tichet verify spune de la ce eveniment.',
      en: 'the log does not lead to the root that was signed; tichet verify says from which event on.',
    },
    'checkpoint-not-ours': {
      ro: 'ultimul punct de control nu poartă semnătura cheii noastre.',
      en: 'the newest checkpoint does not bear the signature of our key.',
    },
    'checkpoint-missing': {
      ro: `s-a semnat mai mult decât spun punctele de control; primul eveniment de sub cele care lipsesc este ${number}.`,
      en: `more was signed than the checkpoints say; the first event under those that are missing is ${number}.`,
    },
    'signer-refuses': {
      ro: `ce este de semnat nu continuă ce a fost semnat (de la evenimentul ${number}).`,
      en: `what is to be signed does not continue what was signed (from event ${number} on).`,
    },
    'witness-contradicts': {
      ro: `un martor arată un punct de control cu semnătura noastră, până la evenimentul ${number}, cu care jurnalul nu începe.`,
      en: `a witness shows a checkpoint with our signature, up to event ${number}, with which the log does not begin.`,
    },
  };
  return words[reason];
};
