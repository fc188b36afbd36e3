import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import { refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { RequestIdentity } from '../request/facts';
import { parseRegistrationNumber } from '../request/registering';
import { civilDateOf, plusHours, startOfNextDay } from '../time/civil-time';
import type { FilingDisproved, FilingFinding, ResolutionFiled } from './facts';
import { type FilingState, isRequested, type RequestedTicket, type TicketState } from './ticket';

/** Art. 7: the type of document that there is for the resolution. */
const resolutionType = 'Tichetul albastru';

/** A document as the register shows it among those of a request. */
export type ConnectedDocument = {
  readonly documentNumber: string;
  /** the day on which the register has it */
  readonly registeredOn: CivilDate;
  readonly type: string;
  /** the request that it is connected to */
  readonly connectedTo: RequestIdentity;
};

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Whether two people, or a person and the register, mean the same document. Each may write its number in its own way (A29). Where both
 * write a date with it, numbers of two years are two.
 */
export const isSameDocument = (one: string, other: string): boolean => {
  const [first, second] = [parseRegistrationNumber(one), parseRegistrationNumber(other)];
  if (first === undefined || second === undefined) return folded(one) === folded(other);
  const { filedOn = second.filedOn } = first;
  return first.number === second.number && filedOn === (second.filedOn ?? filedOn);
};

const isListedAs = (typed: string, { documentNumber, registeredOn }: ConnectedDocument): boolean => {
  const { filedOn } = parseRegistrationNumber(typed) ?? {};
  return isSameDocument(typed, documentNumber) && (filedOn === undefined || filedOn === registeredOn);
};

/** Why this document is not the resolution of this meeting; `undefined` where it may be. */
const faultOf = (
  { type, connectedTo, registeredOn }: ConnectedDocument,
  { request, slot }: RequestedTicket['booking'],
): FilingFinding | undefined => {
  if (folded(type) !== folded(resolutionType)) return 'other-type';
  if (connectedTo.number !== request.number || connectedTo.filedOn !== request.filedOn) return 'other-request';
  return registeredOn < civilDateOf(slot.startsAt) ? 'before-the-meeting' : undefined;
};

/**
 * When the document was connected: the earlier of the moment when the person gave its number and the end of the day on which the register
 * has it. If the register has it on a later day, the register is believed.
 */
const connectedAt = (typedAt: Instant, { registeredOn }: ConnectedDocument, at: Instant): Instant => {
  const known = registeredOn <= civilDateOf(typedAt) ? typedAt : at;
  const endOfDay = startOfNextDay(registeredOn);
  return endOfDay < known ? endOfDay : known;
};

export type ConfirmFiling = {
  /** all that the register shows with the request */
  readonly documents: readonly ConnectedDocument[];
  readonly policies: Pick<Policies, 'filing-confirmation'>;
  readonly at: Instant;
};

/**
 * Art. 7. What the register shows of the number that a person gave. A resolution of this meeting: it is filed, and seen to be. Anything
 * else is believed once the time is over that a register may lag behind (policy `filing-confirmation`). Changes nothing before, where no
 * number was given, and where it was seen already.
 */
export const confirmFiling = (command: ConfirmFiling, state: TicketState): Decision<ResolutionFiled | FilingDisproved> => {
  if (!isRequested(state)) return refuse('not-found');
  const { filed, amendments } = state.resolution;
  const confirmed = [{ filed }, ...amendments.map(({ amended, ...filing }) => ({ ...filing, amendment: amended.amendment }))].flatMap(
    (one) => confirmedOf(command, state, one),
  );
  return confirmed.length === 0 ? noChange() : accept(...confirmed);
};

/** What the register shows of one document; nothing while nothing is said, or it may still lag behind. */
const confirmedOf = (
  { documents, policies, at }: ConfirmFiling,
  state: RequestedTicket,
  { filed, amendment }: { readonly filed?: FilingState['filed'] | undefined; readonly amendment?: number },
): readonly (ResolutionFiled | FilingDisproved)[] => {
  if (filed === undefined || filed.grade === 'observed') return [];
  const { documentNumber, filedAt } = filed;
  const about = defined({ amendment });
  const listed = documents.filter((document) => isListedAs(documentNumber, document));
  const resolution = listed.find((document) => faultOf(document, state.booking) === undefined);
  if (resolution !== undefined)
    return [
      {
        type: 'ResolutionFiled',
        data: {
          documentNumber,
          documentType: resolutionType,
          connectedTo: state.booking.request,
          filedAt: connectedAt(filedAt, resolution, at),
          ...about,
          grade: 'observed',
        },
      },
    ];
  const policy = policies['filing-confirmation'];
  if (at < plusHours(filedAt, policy.value.hours)) return [];
  const finding = (listed[0] && faultOf(listed[0], state.booking)) ?? 'unknown';
  return [{ type: 'FilingDisproved', data: { documentNumber, finding, disprovedAt: at, ...about, policies: [policy] } }];
};
