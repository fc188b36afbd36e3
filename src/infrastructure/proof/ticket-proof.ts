import { createHash } from 'node:crypto';
import { judgementHere } from '../../application/audit/observers';
import type { Hash, Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../application/kernel/ports/ports';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import type { SignedLog, LogCheckpoint, StampedCheckpoint } from '../../application/kernel/ports/signed-log';
import { meetingsBefore, type PlacedMeeting } from '../../domain/audit/evidence';
import { judge, type Judgement } from '../../domain/audit/judge';
import type { ClockDispute } from '../../domain/audit/log-clock';
import type { Instant } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { ticketStream } from '../../domain/ticket/facts';
import { momentBefore } from '../../domain/time/civil-time';
import { recordedAtOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { type NoteSigner, signNote } from '@tichet-albastru/signed-log';
import { caseFileIn } from './case-file-in';
import { newestOf } from './chain-of';
import { nothingRestedOn, restedOn } from './rested-on';

/** With all that the verdicts rest on, and a signed word on where the ticket ends. */
export const ticketProofFormat = 'tichet-albastru/ticket-proof/2';
/** The former format, and that of a process without a signing key: the ticket's own events and nothing else. It is verified as ever. */
export const plainProofFormat = 'tichet-albastru/ticket-proof/1';

/** One event as it stands in the log, personal data sealed, and how it leads to the root of the checkpoint. */
export type ProvedEvent = {
  /** events of the log before it */
  readonly leaf: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  /** the text that was hashed, to the byte */
  readonly body: string;
  readonly hash: Hash;
  /** RFC 6962 inclusion proof, lowest first, 64 hexadecimal digits each */
  readonly proof: readonly Hash[];
};

/** With its place among the events of all streams: positions compare as texts. Leaves are in the same order. */
export type PlacedEvent = ProvedEvent & { readonly position: Position };

/** What the verdicts rest on beside the ticket's own events, as it stood under the checkpoint, and the verdicts. */
export type ProofEvidence = {
  readonly request: readonly PlacedEvent[];
  /** people and the calendar */
  readonly streams: readonly { readonly stream: string; readonly events: readonly PlacedEvent[] }[];
  /** other tickets at the same time with the same person, as of that moment: when they stood there, and nothing of what they are about */
  readonly meetings: readonly PlacedMeeting[];
  /** where the times of the log go back */
  readonly clock: readonly ClockDispute[];
  /** `asOf`: when it was made, or just before the first event of these streams that is not under the checkpoint */
  readonly judged: Judgement & { readonly asOf: Instant };
};

/** All that is needed to see, far from here and without trusting us, that a ticket's history is the one that was signed. */
export type TicketProof = {
  readonly format: typeof ticketProofFormat | typeof plainProofFormat;
  readonly ticketId: string;
  /** the public key in one line; compare it with the one that you were given */
  readonly verifier: string;
  /** C2SP tlog-checkpoint in a signed note, cosigned where there is a witness */
  readonly checkpoint: string;
  /** TimeStampToken of RFC 3161 over SHA-256 of the bytes of `checkpoint`, DER in base64; there when an authority has stamped it */
  readonly timeStamp?: string;
  readonly events: readonly (ProvedEvent | PlacedEvent)[];
  /** events of the ticket that are newer than the checkpoint, and not in this file */
  readonly notYetSealed: number;
  readonly evidence?: ProofEvidence;
  /** a signed note over `proofManifestText`; there with `evidence` */
  readonly manifest?: string;
};

/** What is signed over a proof. Its first line is the name of no key, so that it can be taken for no checkpoint. */
export type ProofManifest = {
  readonly ticketId: string;
  /** with which the ticket ends in the log of that checkpoint */
  readonly head: Pick<ProvedEvent, 'revision' | 'hash'>;
  readonly sum: Hash;
  readonly checkpoint: { readonly size: number; readonly root: Hash };
};
export const proofManifestText = ({ ticketId, head, sum, checkpoint: { size, root } }: ProofManifest): string =>
  [ticketProofFormat, `ticket ${ticketId}`, `head ${head.revision} ${head.hash}`, `sha256 ${sum}`, `checkpoint ${size} ${root}`, ''].join(
    '\n',
  );

/** Of all of it but the manifest, as JSON without spaces, its names in the order of the file. */
export const sumOfProof = ({ manifest: _, ...rest }: TicketProof): Hash => createHash('sha256').update(JSON.stringify(rest)).digest('hex');

/**
 * `not-sealed`: the log is not sealed here; `not-yet`: nothing of this ticket is; `unreadable`: what was sealed cannot be read;
 * `differs`: this event is not the one that was sealed, or, where none is named, one is missing.
 */
export type Proved =
  | { readonly kind: 'proved'; readonly proof: TicketProof }
  | { readonly kind: 'not-sealed' | 'not-yet' | 'unreadable' }
  | { readonly kind: 'differs'; readonly eventId?: string };

type ProofPorts = Pick<Ports, 'store' | 'signedLog'>;

const eventsOf = async ({ store }: Pick<Ports, 'store'>, stream: string): Promise<readonly Recorded[]> => {
  const recorded: Recorded[] = [];
  for await (const event of store.read(stream)) recorded.push(event);
  return recorded;
};

type Sealed = { readonly kind: 'sealed'; readonly events: readonly PlacedEvent[] } | Exclude<Proved, { readonly kind: 'proved' }>;

/** As far as they are under the checkpoint. */
const sealedOf = async (signedLog: SignedLog, recorded: readonly Recorded[], upTo: LogCheckpoint): Promise<Sealed> => {
  const events: PlacedEvent[] = [];
  for (const event of recorded) {
    const standing = await signedLog.standing(event, upTo);
    if (standing.kind === 'differs') return { kind: 'differs', eventId: event.id };
    if (standing.kind === 'unreadable') return { kind: 'unreadable' };
    if (standing.kind === 'not-yet') break;
    const { stream, revision, id, position, body, hash } = event;
    events.push({ leaf: standing.leaf, stream, revision, id, position, body, hash, proof: standing.proof });
  }
  return { kind: 'sealed', events };
};

type Checkpoint = LogCheckpoint | StampedCheckpoint;
type Own =
  | {
      readonly kind: 'own';
      readonly signedLog: SignedLog;
      readonly upTo: Checkpoint;
      readonly events: readonly PlacedEvent[];
      readonly notYetSealed: number;
    }
  | Exclude<Proved, { readonly kind: 'proved' }>;

/** The ticket's own events, under a checkpoint that is best for them and for the others. */
const ownEvents = async (
  { signedLog }: ProofPorts,
  recorded: readonly Recorded[],
  others: readonly (readonly Recorded[])[] = [],
): Promise<Own | Refusal> => {
  if (recorded.length === 0) return refuse('not-found');
  if (signedLog === undefined) return { kind: 'not-sealed' };
  const newest = await newestOf(signedLog);
  if (newest === undefined) return { kind: 'not-yet' };
  if (newest === 'not-ours') return { kind: 'unreadable' };
  const upTo = await coveringAll(signedLog, [recorded, ...others], newest);
  const sealed = await sealedOf(signedLog, recorded, upTo);
  if (sealed.kind !== 'sealed') return sealed;
  const { events } = sealed;
  if (events.length === 0) return { kind: 'not-yet' };
  return { kind: 'own', signedLog, upTo, events, notYetSealed: recorded.length - events.length };
};

const proofOf = (ticketId: string, { signedLog, upTo, events, notYetSealed }: Extract<Own, { readonly kind: 'own' }>) => ({
  ticketId,
  verifier: signedLog.verifier,
  checkpoint: upTo.note,
  ...('token' in upTo && { timeStamp: upTo.token }),
  events,
  notYetSealed,
});

/** The ticket's own events and no evidence. @throws EventLogCorrupt when an event of the ticket is missing */
export const ticketProof = async (ports: ProofPorts, ticketId: string): Promise<Proved | Refusal> => {
  const own = await ownEvents(ports, await eventsOf(ports, ticketStream(ticketId)));
  if (!('kind' in own) || own.kind !== 'own') return own;
  const { events, ...others } = proofOf(ticketId, own);
  return {
    kind: 'proved',
    proof: { format: plainProofFormat, ...others, events: events.map(({ position: _, ...event }) => event) },
  };
};

/** Of an event that is not under the checkpoint the file knows nothing: it speaks of the moment before the first of them. */
const momentOf = (unsealed: readonly Recorded[], now: Instant): Instant =>
  [now, ...unsealed.map((event) => momentBefore(recordedAtOf(event) ?? now))].reduce((one, other) => (one < other ? one : other));

/**
 * With all that the verdicts rest on, so that its holder can judge it: as it stood under the checkpoint, and signed.
 * @throws EventLogCorrupt when an event of the ticket, or of what it rests on, is missing
 */
export const judgedProof = async (ports: Ports, ticketId: string, signer: NoteSigner | undefined): Promise<Proved | Refusal> => {
  // a process without a key can hand out what was signed before, and no more
  if (signer === undefined) return ticketProof(ports, ticketId);
  // before anything is read: what is recorded while it is read is later
  const now = ports.clock.now();
  const recorded = await eventsOf(ports, ticketStream(ticketId));
  const rested = await restedOn(ports, ticketId).catch((error: unknown) => {
    if (error instanceof RowParked) return nothingRestedOn;
    throw error;
  });
  const others: { stream: string; all: readonly Recorded[] }[] = [];
  for (const { stream } of [...(rested.request === undefined ? [] : [rested.request]), ...rested.others])
    others.push({ stream, all: await eventsOf(ports, stream) });
  const own = await ownEvents(
    ports,
    recorded,
    others.map(({ all }) => all),
  );
  if (!('kind' in own) || own.kind !== 'own') return own;
  const { signedLog, upTo, events } = own;
  const unsealed = recorded.slice(events.length);
  const streams: { stream: string; events: readonly PlacedEvent[] }[] = [];
  let request: readonly PlacedEvent[] = [];
  for (const { stream, all } of others) {
    const sealed = await sealedOf(signedLog, all, upTo);
    if (sealed.kind !== 'sealed') return sealed;
    unsealed.push(...all.slice(sealed.events.length));
    if (stream === rested.request?.stream) request = sealed.events;
    else if (sealed.events.length > 0) streams.push({ stream, events: sealed.events });
  }
  const { clock } = rested;
  const asOf = momentOf(unsealed, now);
  const [firstUnsealed] = unsealed.map(({ position }) => position).sort();
  const meetings = firstUnsealed === undefined ? rested.meetings : meetingsBefore(rested.meetings, firstUnsealed);
  const caseFile = caseFileIn(ports.codec, { ticketId, ticket: events, request, streams, meetings, clock });
  const [head] = events.slice(-1);
  // evidence that is parked, or that the tables have not read yet
  if (caseFile === undefined || head === undefined) return ticketProof(ports, ticketId);
  const judged = { asOf, ...judgementHere(ports, judge(caseFile, asOf, true)) };
  const proof: TicketProof = {
    format: ticketProofFormat,
    ...proofOf(ticketId, own),
    evidence: { request, streams, meetings, clock, judged },
  };
  const text = proofManifestText({ ticketId, head, sum: sumOfProof(proof), checkpoint: upTo });
  return { kind: 'proved', proof: { ...proof, manifest: signNote(text, signer) } };
};

/** What was time-stamped, or what a witness has cosigned, says more, where it says as much of every stream. */
const coveringAll = async (
  signedLog: SignedLog,
  streams: readonly (readonly Recorded[])[],
  newest: LogCheckpoint,
): Promise<LogCheckpoint | StampedCheckpoint> => {
  const covers = async (upTo: LogCheckpoint): Promise<boolean> => {
    for (const last of streams.flatMap((events) => events.slice(-1)))
      if ((await signedLog.standing(last, upTo)).kind !== 'sealed') return false;
    return true;
  };
  for (const upTo of [await signedLog.timeStamped(), await signedLog.witnessed()])
    if (upTo !== undefined && (await covers(upTo))) return upTo;
  return newest;
};
