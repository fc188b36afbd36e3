import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import type { CaseFile } from '../../../domain/audit/case-file';
import type { Instant } from '../../../domain/kernel/fact';
import { linkOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import type { EvidenceRow } from '../../../domain/audit/evidence';
import type { ClockDispute } from '../../../domain/audit/log-clock';
import type { NoteVerifier } from '@tichet-albastru/signed-log';
import { caseFileIn, caseFileOf, evidenceAfter } from '../case-file-in';
import type { SignedJudgement } from '../export/carried.codec';
import type { ExportedEvent } from '../export/export-lines';
import { type ExportChecked, verifyExport } from '../export/export-verify';
import type { ProofEvidence, TicketProof } from '../ticket-proof';
import { checkTicketProof, type ProofChecked } from '../verify/check-ticket-proof';
import { type JudgingOptions, type JudgedTicket, judgeCarried } from './judge-carried';
import { createLogOrder, type PlaceInLog } from './log-order';

/**
 * Why a ticket cannot be judged from the file: `no-evidence`, it holds nothing but the ticket's own events, or the ticket could not be
 * judged when it was written; `not-readable`, its events are of a newer version of the program, say what cannot be, are not in the order
 * of the log, or not all that the verdicts know.
 */
export type NotJudged = { readonly ticketId: string; readonly because: 'no-evidence' | 'not-readable' };
type Outcome = JudgedTicket | NotJudged | undefined;

type Codec = Pick<EventCodec, 'decode'>;

const outcomeOf = (ticketId: string, signed: SignedJudgement, asked: JudgingOptions, caseFile: () => CaseFile | undefined): Outcome => {
  try {
    const found = caseFile();
    return found === undefined ? { ticketId, because: 'no-evidence' } : judgeCarried(found, signed, asked);
  } catch {
    // a signer can sign an hour that is none, or a policy without a value: the result of judging that is not foreseeable
    return { ticketId, because: 'not-readable' };
  }
};

const placesOf = (events: readonly ExportedEvent[]): readonly PlaceInLog[] =>
  events.map((event) => ({ position: event.position, leaf: 'unsealed' in event ? Infinity : event.leaf }));

/**
 * The events of the ticket that were there at the moment that its verdicts are about: as many as the verdicts know, and what was recorded
 * by then behind them. Verdicts do not get better by leaving out what stands in the same file.
 */
const knownBy = (events: readonly ExportedEvent[], judged: number, asOf: Instant): readonly ExportedEvent[] =>
  events.filter((event, place) => place < judged || linkOf(event).recordedAt <= asOf);

/** @returns what the file proves, and, where that holds, what its evidence comes to; `undefined` where the ticket was not there yet */
export const judgeProof = (
  codec: Codec,
  proof: TicketProof,
  { given, ...asked }: JudgingOptions & { readonly given?: NoteVerifier },
): { readonly checked: ProofChecked; readonly outcome: Outcome } => {
  const checked = checkTicketProof(proof, given);
  const { ticketId, evidence } = proof;
  if (checked.kind === 'fails' || evidence === undefined) return { checked, outcome: { ticketId, because: 'no-evidence' } };
  return { checked, outcome: judgeEvidence(codec, proof, evidence, asked) };
};

/** The verdicts on the evidence, also where it is not signed. */
export const judgeEvidence = (codec: Codec, { ticketId, events }: TicketProof, evidence: ProofEvidence, asked: JudgingOptions): Outcome => {
  const ticket = events.filter((event) => 'position' in event);
  const { request, streams, meetings, clock, judged } = evidence;
  if (!createLogOrder().holds([...ticket, ...request, ...streams.flatMap((stream) => stream.events)]))
    return { ticketId, because: 'not-readable' };
  return outcomeOf(ticketId, judged, asked, () => caseFileIn(codec, { ticketId, ticket, request, streams, meetings, clock }));
};

/**
 * An export judged from its own bytes while it is verified: one ticket in memory at a time, and what tickets share.
 * @param onTicket is told of each before it is known whether the whole file is the one that was signed
 */
export const judgeExport = (
  codec: Codec,
  chunks: AsyncIterable<Uint8Array>,
  {
    given,
    onTicket,
    ...asked
  }: JudgingOptions & { readonly given?: NoteVerifier; readonly onTicket: (outcome: JudgedTicket | NotJudged) => void },
): Promise<ExportChecked> => {
  const rows = new Map<string, EvidenceRow>();
  const broken = new Set<string>();
  const order = createLogOrder();
  let clock: readonly ClockDispute[] = [];
  return verifyExport(chunks, given, (read, ofTheFile) => {
    if (read.kind === 'clock') clock = read.clock;
    else if (read.kind === 'stream') {
      const { stream, events } = read;
      const row = order.share(placesOf(events)) && rowAfter(codec, rows.get(stream), events);
      if (row === false || row === undefined) broken.add(stream);
      else rows.set(stream, row);
    } else {
      const { ticketId, events, request, meetings, judged, audited } = read;
      const outcome = ((): Outcome => {
        if (judged === undefined || audited === undefined) return { ticketId, because: 'no-evidence' };
        if (judged > events.length || broken.size > 0 || !order.holds(placesOf([...events, ...request])))
          return { ticketId, because: 'not-readable' };
        return outcomeOf(ticketId, audited, asked, () => {
          const ticket = knownBy(events, judged, audited.asOf);
          return caseFileOf(codec, { ticketId, ticket, request, meetings, clock }, (stream) => rows.get(stream));
        });
      })();
      if (outcome !== undefined) onTicket(atOneMoment(outcome, audited?.asOf, ofTheFile));
    }
  });
};

/** All verdicts of a file are of the moment that its first line names: of an earlier one they would say less than they seem to. */
const atOneMoment = (outcome: JudgedTicket | NotJudged, signed: Instant | undefined, ofTheFile: Instant): JudgedTicket | NotJudged => {
  if ('because' in outcome || signed === undefined || signed === ofTheFile) return outcome;
  return { ...outcome, difference: { ticketId: outcome.ticketId, signed: `asOf: ${signed}`, found: `asOf: ${ofTheFile}` } };
};

const rowAfter = (codec: Codec, row: EvidenceRow | undefined, events: readonly ExportedEvent[]): EvidenceRow | undefined => {
  try {
    return evidenceAfter(codec, row, events);
  } catch {
    // as above: what was signed may be anything
    return undefined;
  }
};
