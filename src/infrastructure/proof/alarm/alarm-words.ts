import type { SealFault } from '../seal/log-not-as-sealed';
import { inBoth } from '../../phrasing/sentences';

type Words = { readonly ro: string; readonly en: string };

/** What was found, for whoever runs the service. Names of streams hold nothing personal. */
export const alarmWords = ({ reason, number, stream, revision }: SealFault): Words => {
  const place = stream === undefined ? '' : ` (${stream}, ${revision ?? '?'})`;
  const words: Readonly<Record<SealFault['reason'], Words>> = {
    'event-missing': inBoth.proof.alarm.eventMissing({ number }),
    'hash-differs': inBoth.proof.alarm.hashDiffers({ number, place }),
    'other-event': inBoth.proof.alarm.otherEvent({ number, place }),
    'log-shorter': inBoth.proof.alarm.logShorter({ number }),
    'tree-differs': inBoth.proof.alarm.treeDiffers,
    'checkpoint-not-ours': inBoth.proof.alarm.checkpointNotOurs,
    'checkpoint-missing': inBoth.proof.alarm.checkpointMissing({ number }),
    'signer-refuses': inBoth.proof.alarm.signerRefuses({ number }),
    'witness-contradicts': inBoth.proof.alarm.witnessContradicts({ number }),
  };
  return words[reason];
};
