import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { ClearText, WithTexts } from '../kernel/personal-text';
import type { RequestIdentity } from '../request/facts';
import { parseRegistrationNumber } from '../request/registering';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import { notifyCitizen } from './changes';
import type {
  CitizenNotified,
  InvitationBounced,
  ResolutionBounced,
  ResolutionFiled,
  ResolutionHandedOver,
  ResolutionIssued,
  ResolutionSent,
  ResolutionToBeSentAgain,
  WrittenResolution,
} from './facts';
import { isSameDocument } from './filing-confirmation';
import { followUpDueAt, noteInvitationBounced, type RulesInForce } from './meeting';
import {
  type FilingState,
  type HeldTicket,
  isHeld,
  isRequested,
  lettersKnown,
  type RequestedTicket,
  type ResolutionState,
  type TicketState,
} from './ticket';

/**
 * Art. 7: whether this is the number of the request itself, in any way of writing, and not of a document connected to it. Numbers begin
 * anew every January (A29): one that is the same in another year is written with its date.
 */
export const isOwnNumber = (documentNumber: string, request: RequestIdentity): boolean => {
  const { number, filedOn = request.filedOn } = parseRegistrationNumber(documentNumber) ?? {};
  return number !== undefined && number === parseRegistrationNumber(request.number)?.number && filedOn === request.filedOn;
};

/** The resolution, or the amendment of this number, and where it stands in the register. */
type ResolutionDocument = FilingState & { readonly amendment?: number };

/** In the order in which they were written. */
export const documentsOf = ({ filed, disproved, amendments }: ResolutionState): readonly ResolutionDocument[] => [
  defined({ filed, disproved }),
  ...amendments.map(({ amended, ...filing }) => ({ ...filing, amendment: amended.amendment })),
];

/** The document that a number would be of now: the first one that is written and is not known to stand in the register. */
export const documentToFile = ({ resolution }: RequestedTicket): ResolutionDocument | undefined =>
  documentsOf(resolution).find(({ filed }) => filed === undefined);

/** Refuses `invalid`, Art. 7: no number, the request’s own, or that of another document of this ticket. */
export const checkDocumentNumber = (
  documentNumber: string,
  { booking, resolution }: RequestedTicket,
  amendment?: number,
): Refusal | undefined => {
  const invalid = (reason: string): Refusal => refuse('invalid', { article: '7', field: 'documentNumber', reason });
  if (isBlank(documentNumber)) return invalid('required');
  if (isOwnNumber(documentNumber, booking.request)) return invalid('own-number');
  const others = documentsOf(resolution).filter((document) => document.amendment !== amendment);
  return others.some(({ filed }) => filed !== undefined && isSameDocument(filed.documentNumber, documentNumber))
    ? invalid('another-document')
    : undefined;
};

export type IssueResolution = WithTexts<WrittenResolution, ClearText> & {
  /** whether its texts are those on record: the state holds them sealed, so the use case compares */
  readonly sameTexts: boolean;
  readonly issuedBy: string;
  readonly at: Instant;
};

/**
 * Art. 7. The document of type "Tichetul albastru" with the conclusions, from the start of the meeting on (A18).
 * The same texts again change nothing. Refuses `invalid` without conclusions and for a document’s number that is none, `wrong-state` before the start
 * and for other conclusions once issued.
 */
export const issueResolution = (command: IssueResolution, state: TicketState): Decision<ResolutionIssued> => {
  if (!isRequested(state)) return refuse('not-found');
  const { sameTexts, at, issuedBy, ...written } = command;
  if (isBlank(written.conclusions)) return refuse('invalid', { article: '7', field: 'conclusions', reason: 'required' });
  if (state.resolution.issued !== undefined) {
    return sameTexts ? noChange() : refuse('wrong-state', { article: '7', reason: 'already-issued' });
  }
  if (state.status !== 'in-progress' && !isHeld(state)) return refuse('wrong-state', { article: '7', reason: 'not-started' });
  const { documentNumber } = written;
  const refusal = documentNumber === undefined ? undefined : checkDocumentNumber(documentNumber, state);
  if (refusal !== undefined) return refusal;
  return accept({ type: 'ResolutionIssued', data: { ...written, issuedBy, issuedAt: at } });
};

/** A18: the resolution is sent only after the end of the meeting, and only to an address verified by code (A10). */
export const maySendResolution = (state: TicketState): state is HeldTicket =>
  isHeld(state) && state.resolution.issued !== undefined && state.verified !== undefined && !state.erased;

type NoteFiled = {
  readonly documentNumber: string;
  /** of this amendment; left out, of the resolution itself */
  readonly amendment?: number | undefined;
  readonly grade?: Grade;
  readonly at: Instant;
};

/**
 * Art. 7. The document stands in the register, connected to the request. Noted once, in any state of the ticket. Refuses `invalid`, as
 * `recordFiled`.
 */
export const noteResolutionFiled = (
  { documentNumber, amendment, grade = 'declared', at }: NoteFiled,
  state: TicketState,
): Decision<ResolutionFiled> => {
  if (!isRequested(state)) return refuse('not-found');
  const document = documentsOf(state.resolution).find((one) => one.amendment === amendment);
  if (document === undefined || document.filed !== undefined) return noChange();
  const refusal = checkDocumentNumber(documentNumber, state, amendment);
  if (refusal !== undefined) return refusal;
  return accept({
    type: 'ResolutionFiled',
    data: {
      documentNumber,
      documentType: 'Tichetul albastru',
      connectedTo: state.booking.request,
      filedAt: at,
      ...defined({ amendment }),
      grade,
    },
  });
};

/** Art. 7. The mail server accepted the resolution; `maySendResolution` was asked before. Noted once a letter. */
export const noteResolutionSent = (sent: ResolutionSent['data'], state: TicketState): Decision<ResolutionSent> => {
  if (!isRequested(state)) return refuse('not-found');
  const known = state.resolution.sent.some(({ letterId }) => letterId === sent.letterId);
  return known ? noChange() : accept({ type: 'ResolutionSent', data: sent });
};

/** It came back, perhaps before it was noted that it had left. Noted once, with the day by which an official must follow it up. */
export const noteResolutionBounced = (
  command: RulesInForce & { readonly letterId: string; readonly grade?: Grade; readonly at: Instant },
  state: TicketState,
): Decision<ResolutionBounced> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, grade = 'declared', at } = command;
  if (state.resolution.bounced.includes(letterId)) return noChange();
  return accept({
    type: 'ResolutionBounced',
    data: { letterId, bouncedAt: at, followUpDueAt: followUpDueAt(command, at), policies: [command.policies['bounce-follow-up']], grade },
  });
};

/** A letter was asked for (the first, an amended one, one to another address or one more), and its result is not known yet. */
export const isBeingSentAgain = ({ lettersBefore, ...letters }: ResolutionState): boolean => lettersKnown(letters) <= lettersBefore;

/** When the amendment of this number first left in something that has not come back. */
export const amendmentLeftAt = ({ sent, bounced, handedOver }: ResolutionState, amendment: number): Instant | undefined =>
  [
    ...sent.filter(({ letterId }) => !bounced.includes(letterId)).map(({ amendments, acceptedAt }) => ({ amendments, at: acceptedAt })),
    ...handedOver.map(({ amendments, handedOverAt }) => ({ amendments, at: handedOverAt })),
  ]
    .filter(({ amendments = 0 }) => amendments >= amendment)
    .map(({ at }) => at)
    .toSorted()[0];

/** Every letter with the resolution as it stands has an outcome, and none of them stands: it may be sent again. */
export const maySendAgain = (state: TicketState): state is HeldTicket => {
  if (!maySendResolution(state) || isBeingSentAgain(state.resolution)) return false;
  const { sent, bounced, amendments: all } = state.resolution;
  return sent.every(({ letterId, amendments = 0 }) => amendments < all.length || bounced.includes(letterId));
};

/**
 * Art. 7 (A21). The letter came back, and is to be sent again to the verified address that holds. Asked for already, or on its way to
 * another address, it changes nothing. Refuses `wrong-state` while the first letter is on its way or one stands, and where none may be sent.
 */
export const askToSendAgain = ({ at }: { readonly at: Instant }, state: TicketState): Decision<ResolutionToBeSentAgain> => {
  if (!isRequested(state)) return refuse('not-found');
  if (!maySendResolution(state)) return refuse('wrong-state', { article: '7', reason: 'not-by-mail' });
  const notBounced = refuse('wrong-state', { article: '7', reason: 'not-bounced' });
  const afterLetterId = state.resolution.bounced.at(-1);
  if (afterLetterId === undefined) return notBounced;
  if (isBeingSentAgain(state.resolution)) return noChange();
  if (!maySendAgain(state)) return notBounced;
  return accept({ type: 'ResolutionToBeSentAgain', data: { afterLetterId, askedAt: at } });
};

type LetterBounced = RulesInForce & {
  readonly letterId: string;
  /** what the letter was, for one that is not known to have left */
  readonly kind: 'code' | 'invitation' | 'change' | 'cancellation' | 'reminder' | 'earlier-hour' | 'resolution';
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

/** What the letter was for: one letter may have moved a calendar entry and told the citizen of it. */
const purposes = ({ letterId, kind }: LetterBounced, { invitation, resolution, notices }: RequestedTicket) => ({
  invitation: kind === 'invitation' || invitation.sent.some((letter) => letter.letterId === letterId),
  resolution: kind === 'resolution' || resolution.sent.some((letter) => letter.letterId === letterId),
  notice: notices.find((notice) => notice.letterId === letterId),
});

/** C18, A21. A letter came back: what it was to tell has not reached the citizen. Noted once. */
export const noteLetterBounced = (
  command: LetterBounced,
  state: TicketState,
): Decision<InvitationBounced | ResolutionBounced | CitizenNotified> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, grade = 'declared', at } = command;
  const { invitation, resolution, notice } = purposes(command, state);
  const decisions = [
    invitation ? noteInvitationBounced(command, state) : noChange(),
    resolution ? noteResolutionBounced(command, state) : noChange(),
    notice === undefined
      ? noChange()
      : notifyCitizen({ about: notice.about, channel: 'email', outcome: 'bounced', notifiedAt: at, grade, at, letterId }, state),
  ];
  const facts: (InvitationBounced | ResolutionBounced | CitizenNotified)[] = [];
  for (const decision of decisions) {
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
  }
  return accept(...facts);
};

/** Whether a person may say under which number the resolution, or an amendment, stands in the register: it is written, and no number is known. */
export const mayRecordFiled = (state: TicketState): boolean =>
  isRequested(state) && state.resolution.issued !== undefined && documentToFile(state) !== undefined;

/**
 * Art. 7. A person has made the connected document, of the resolution or of the first amendment that has none, and gives its number. The
 * same number again changes nothing. Refuses `invalid`
 * without a number and for the request’s own, `wrong-state` before the resolution is issued and once it stands under another number.
 */
export const recordFiled = (
  { documentNumber, at }: { readonly documentNumber: string; readonly at: Instant },
  state: TicketState,
): Decision<ResolutionFiled> => {
  if (!isRequested(state)) return refuse('not-found');
  const number = documentNumber.trim();
  if (isBlank(number)) return refuse('invalid', { article: '7', field: 'documentNumber', reason: 'required' });
  if (state.resolution.issued === undefined) return refuse('wrong-state', { article: '7', reason: 'not-issued' });
  const document = documentToFile(state);
  if (document === undefined) {
    const known = documentsOf(state.resolution).some(({ filed }) => filed?.documentNumber === number);
    return known ? noChange() : refuse('wrong-state', { article: '7', reason: 'already-filed' });
  }
  return noteResolutionFiled({ documentNumber: number, amendment: document.amendment, at }, state);
};

export type HandOverResolution = {
  readonly channel: 'post' | 'pickup';
  readonly handedOverAt: Instant;
  /** a receipt number, a signature; key `record` */
  readonly proof: ClearText;
  readonly at: Instant;
};

const checkTimes = ({ channel, handedOverAt, at }: HandOverResolution, { held, resolution }: HeldTicket): Refusal | undefined => {
  if (handedOverAt > at) return refuse('invalid', { field: 'at', reason: 'in-the-future' });
  if (handedOverAt < held.endedAt) return refuse('invalid', { article: '7', field: 'at', reason: 'before-the-end' });
  // Signed on the spot and typed in afterwards: the paper was there before its record.
  if (channel === 'pickup') return undefined;
  const issuedAt = resolution.issued?.issuedAt;
  return issuedAt !== undefined && handedOverAt < issuedAt
    ? refuse('invalid', { article: '7', field: 'at', reason: 'before-it-was-issued' })
    : undefined;
};

/**
 * Art. 7 (A11). By post or over the counter, where no e-mail was given or it came back; or on paper at once, beside the e-mail.
 * The same hand-over again changes nothing.
 * Refuses `wrong-state` before the end of the meeting (A18) or without a resolution, `invalid` without proof.
 */
export const handOverResolution = (command: HandOverResolution, state: TicketState): Decision<ResolutionHandedOver> => {
  if (!isRequested(state)) return refuse('not-found');
  const { channel, handedOverAt, proof } = command;
  if (!isHeld(state)) return refuse('wrong-state', { article: '7', reason: 'not-held' });
  if (state.resolution.issued === undefined) return refuse('wrong-state', { article: '7', reason: 'not-issued' });
  if (isBlank(proof)) return refuse('invalid', { article: '7', field: 'proof', reason: 'required' });
  if (state.resolution.handedOver.some((done) => done.channel === channel && done.handedOverAt === handedOverAt)) return noChange();
  const refusal = checkTimes(command, state);
  if (refusal !== undefined) return refusal;
  // What was written after the paper was taken is not on it, whenever that is recorded.
  const amendments = state.resolution.amendments.filter(({ amended }) => amended.amendedAt <= handedOverAt).length || undefined;
  return accept({ type: 'ResolutionHandedOver', data: { channel, handedOverAt, proof, ...defined({ amendments }) } });
};
