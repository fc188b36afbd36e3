import { inBoth, type Sentence } from '../../phrasing/sentences';
import type { SignedLogFault } from '../../signed-log/not-as-signed';

/** What was found, for whoever runs the service. Names of streams hold nothing personal. */
export const alarmWords = ({ reason, number, stream, revision }: SignedLogFault): Sentence => {
  const place = stream === undefined ? '' : ` (${stream}, ${revision ?? '?'})`;
  const words: Readonly<Record<SignedLogFault['reason'], Sentence>> = {
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
