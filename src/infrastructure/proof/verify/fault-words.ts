import { inBoth, type Sentence } from '../../phrasing/sentences';
import type { LogFault } from './log-fault';

const said = inBoth.proof.logFault;
const range = ({ number, upTo }: LogFault, span: typeof said.upTo): Sentence | string =>
  upTo === undefined || upTo === number ? String(number) : span({ number, upTo });
const knownLeaf = ({ leaf }: LogFault): Sentence | string => (leaf === undefined ? '' : said.sealedLeaf({ leaf }));

const wrongs: Readonly<Record<LogFault['reason'], (fault: LogFault) => Sentence>> = {
  'event-missing': (fault) => said.eventMissing({ range: range(fault, said.upTo), leaf: knownLeaf(fault) }),
  'hash-differs': () => said.hashDiffers,
  'other-event': (fault) => said.otherEvent({ leaf: knownLeaf(fault) }),
  'not-an-envelope': () => said.notAnEnvelope,
  'type-differs': () => said.typeDiffers,
  'revision-gap': () => said.revisionGap,
  'previous-differs': () => said.previousDiffers,
  unreadable: () => said.unreadable,
  'log-shorter': (fault) => said.logShorter({ last: fault.upTo ?? fault.number, leaf: knownLeaf(fault) }),
  'tree-differs': (fault) => said.treeDiffers({ range: range(fault, said.between) }),
  'checkpoint-not-ours': () => said.checkpointNotOurs,
  'checkpoint-out-of-order': () => said.checkpointOutOfOrder,
  'checkpoint-missing': (fault) => said.checkpointMissing({ last: fault.upTo ?? fault.number }),
  'signer-refuses': () => said.signerRefuses,
  'witness-contradicts': () => said.witnessContradicts,
  'tile-differs': () => said.tileDiffers,
  'tile-missing': () => said.tileMissing,
  'rolled-back': (fault) => said.rolledBack({ last: fault.upTo ?? fault.number }),
  rewritten: (fault) => said.rewritten({ range: range(fault, said.between) }),
  'outside-not-ours': () => said.outsideNotOurs,
};

/** Which event it is about, and what is wrong: a sentence each, nothing personal. */
export const faultWords = (fault: LogFault): Sentence => {
  const { number, eventId, stream, revision } = fault;
  const place = eventId === undefined ? '' : ` (${eventId}; ${stream ?? ''}, ${revision ?? ''})`;
  return said.ofEvent({ number, place, wrong: wrongs[fault.reason](fault) });
};
