import { inBoth, type Sentence } from '../phrasing/sentences';
import type { SignedLogFault } from '../signed-log/not-as-signed';
import type { ExportFinding } from './export/export-verify';
import type { Proved } from './ticket-proof';
import type { ProofFault } from './verify/check-ticket-proof';
import type { LogFault } from './verify/log-fault';

/** What was found, for whoever runs the service. Names of streams hold nothing personal. */
export const alarmWords = ({ reason, number, stream, revision }: SignedLogFault): Sentence => {
  const place = stream === undefined ? '' : ` (${stream}, ${revision ?? '?'})`;
  const said = inBoth.proof.alarm;
  const words: Readonly<Record<SignedLogFault['reason'], Sentence>> = {
    'event-missing': said.eventMissing({ number }),
    'hash-differs': said.hashDiffers({ number, place }),
    'other-event': said.otherEvent({ number, place }),
    'log-shorter': said.logShorter({ number }),
    'tree-differs': said.treeDiffers,
    'checkpoint-not-ours': said.checkpointNotOurs,
    'checkpoint-missing': said.checkpointMissing({ number }),
    'signer-refuses': said.signerRefuses({ number }),
    'witness-contradicts': said.witnessContradicts({ number }),
  };
  return words[reason];
};

/** What is wrong with an export, in a sentence that names the line and, where it is about one, the ticket and its event. */
export const exportFaultWords = ({ fault, line, ticketId, revision }: ExportFinding): Sentence => {
  const wrong = inBoth.proof.exportFault.sentences[fault];
  const ticket = ticketId === undefined ? '' : `, ticket-${ticketId}`;
  const event = revision === undefined ? '' : `, ${revision}`;
  return inBoth.proof.exportFault.ofLine({ line, ticket, event, wrong });
};

/** Why a file proves nothing, in a sentence that names the event. */
export const proofFaultWords = ({ reason, event, eventId }: ProofFault): Sentence => {
  const wrong = inBoth.proof.proofFault.sentences[reason];
  return event === undefined ? wrong : inBoth.proof.proofFault.ofEvent({ event, eventId: eventId ?? '', wrong });
};

/** Why there is no proof of a ticket. */
export const unprovedWords = (unproved: Exclude<Proved, { readonly kind: 'proved' }>): Sentence => {
  const said = inBoth.proof.unproved;
  switch (unproved.kind) {
    case 'not-sealed':
      return said.logInstallationNotSealed;
    case 'not-yet':
      return said.eventsTicketNotSealed;
    case 'unreadable':
      return said.sealsLogCannotRead;
    case 'differs': {
      const { eventId } = unproved;
      return eventId === undefined ? said.eventTicketsHistoryMissing : said.eventNotOneSealed({ eventId });
    }
  }
};

const ofTheLog = inBoth.proof.logFault;
const range = ({ number, upTo }: LogFault, span: typeof ofTheLog.upTo): Sentence | string =>
  upTo === undefined || upTo === number ? String(number) : span({ number, upTo });
const knownLeaf = ({ leaf }: LogFault): Sentence | string => (leaf === undefined ? '' : ofTheLog.sealedLeaf({ leaf }));

const wrongs: Readonly<Record<LogFault['reason'], (fault: LogFault) => Sentence>> = {
  'event-missing': (fault) => ofTheLog.eventMissing({ range: range(fault, ofTheLog.upTo), leaf: knownLeaf(fault) }),
  'hash-differs': () => ofTheLog.hashDiffers,
  'other-event': (fault) => ofTheLog.otherEvent({ leaf: knownLeaf(fault) }),
  'not-an-envelope': () => ofTheLog.notAnEnvelope,
  'type-differs': () => ofTheLog.typeDiffers,
  'revision-gap': () => ofTheLog.revisionGap,
  'previous-differs': () => ofTheLog.previousDiffers,
  unreadable: () => ofTheLog.unreadable,
  'log-shorter': (fault) => ofTheLog.logShorter({ last: fault.upTo ?? fault.number, leaf: knownLeaf(fault) }),
  'tree-differs': (fault) => ofTheLog.treeDiffers({ range: range(fault, ofTheLog.between) }),
  'checkpoint-not-ours': () => ofTheLog.checkpointNotOurs,
  'checkpoint-out-of-order': () => ofTheLog.checkpointOutOfOrder,
  'checkpoint-missing': (fault) => ofTheLog.checkpointMissing({ last: fault.upTo ?? fault.number }),
  'signer-refuses': () => ofTheLog.signerRefuses,
  'witness-contradicts': () => ofTheLog.witnessContradicts,
  'tile-differs': () => ofTheLog.tileDiffers,
  'tile-missing': () => ofTheLog.tileMissing,
  'rolled-back': (fault) => ofTheLog.rolledBack({ last: fault.upTo ?? fault.number }),
  rewritten: (fault) => ofTheLog.rewritten({ range: range(fault, ofTheLog.between) }),
  'outside-not-ours': () => ofTheLog.outsideNotOurs,
};

/** Which event it is about, and what is wrong: a sentence each, nothing personal. */
export const faultWords = (fault: LogFault): Sentence => {
  const { number, eventId, stream, revision } = fault;
  const place = eventId === undefined ? '' : ` (${eventId}; ${stream ?? ''}, ${revision ?? ''})`;
  return ofTheLog.ofEvent({ number, place, wrong: wrongs[fault.reason](fault) });
};
