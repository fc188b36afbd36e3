import { streamDamages } from '@tichet-albastru/event-log/ports/event-store';
import { referenceOf } from '../../domain/ticket/ticket';
import { inBoth, inEveryLanguage, type Sentence } from '../phrasing/sentences';
import type { SignedLogFault } from '@tichet-albastru/signed-log';
import type { ExportFinding } from './export/export-verify';
import type { Proved } from './ticket-proof';
import type { ProofFault } from './verify/check-ticket-proof';
import type { LogFault } from './verify/log-fault';

type Damaged = Pick<SignedLogFault, 'stream' | 'revision' | 'how'>;

/** A stream as people know it: of a ticket the reference first. */
export const streamInWords = (stream: string): string => {
  // a writer on the server can give a stream any name
  const ticketId = /^ticket-([0-9a-f-]{36})$/.exec(stream)?.[1];
  return ticketId === undefined ? stream : `${referenceOf(ticketId)} (${stream})`;
};

/** What was done to which stream, from which revision on, and the act that mends it. */
export const damageAndMending = ({ stream = '?', revision = 0, how }: Damaged): Sentence => {
  const said = inBoth.proof.damage[streamDamages.find((known) => known === how) ?? 'foreign-event'];
  const what = said.what({ stream, revision });
  return inEveryLanguage((locale) => `${what[locale]} ${said.mend[locale]}`);
};

/** The same with the command that goes on without it: for a stream that is not closed, where no button closes it. */
export const damageWords = (damaged: Damaged): Sentence => {
  const [said, orClose] = [damageAndMending(damaged), inBoth.proof.orClose({ stream: damaged.stream ?? '?' })];
  return inEveryLanguage((locale) => `${said[locale]} ${orClose[locale]}`);
};

/** What was found, for the operator. Names of streams hold nothing personal. */
export const alarmWords = (fault: SignedLogFault): Sentence => {
  const { reason, number, stream, revision, missing = 1, behind } = fault;
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
    'stream-damaged': damageWords(fault),
    'acknowledged-missing': said.acknowledgedMissing({
      count: missing,
      first: number === 0 ? `${stream ?? '?'}, ${revision ?? '?'}` : `${number}${place}`,
      more: behind === undefined ? '' : said.acknowledgedOlder({ behind: behind === '' ? 0 : Number(behind) }),
    }),
    'tables-ahead': said.tablesAhead,
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
  'stream-damaged': damageWords,
  unreadable: () => ofTheLog.unreadable,
  'log-shorter': (fault) => ofTheLog.logShorter({ last: fault.upTo ?? fault.number, leaf: knownLeaf(fault) }),
  'tree-differs': (fault) => ofTheLog.treeDiffers({ range: range(fault, ofTheLog.between) }),
  'checkpoint-not-ours': () => ofTheLog.checkpointNotOurs,
  'checkpoint-out-of-order': () => ofTheLog.checkpointOutOfOrder,
  'checkpoint-missing': (fault) => ofTheLog.checkpointMissing({ last: fault.upTo ?? fault.number }),
  'signer-refuses': () => ofTheLog.signerRefuses,
  'witness-contradicts': () => ofTheLog.witnessContradicts,
  'acknowledged-missing': () => ofTheLog.acknowledgedMissing,
  'tables-ahead': () => inBoth.proof.alarm.tablesAhead,
  'tile-differs': () => ofTheLog.tileDiffers,
  'tile-missing': () => ofTheLog.tileMissing,
  'rolled-back': (fault) => ofTheLog.rolledBack({ last: fault.upTo ?? fault.number }),
  rewritten: (fault) => ofTheLog.rewritten({ range: range(fault, ofTheLog.between) }),
  'outside-not-ours': () => ofTheLog.outsideNotOurs,
};

/** Which event it is about, and what is wrong: a sentence each, nothing personal. */
export const faultWords = (fault: LogFault): Sentence => {
  const { number, eventId, stream, revision } = fault;
  if (fault.reason === 'stream-damaged') return damageWords(fault);
  const place = eventId === undefined ? '' : ` (${eventId}; ${stream ?? ''}, ${revision ?? ''})`;
  const wrong = wrongs[fault.reason](fault);
  // where positions count no events it has no number
  return number === 0 && place !== '' ? ofTheLog.ofEventWithoutNumber({ place, wrong }) : ofTheLog.ofEvent({ number, place, wrong });
};
