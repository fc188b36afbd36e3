import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import { civilDateOf, startOfDay } from '../time/civil-time';
import type { CitizenNotified } from './facts';
import type { Notice, RequestedTicket } from './ticket';

type Said = Pick<CitizenNotified['data'], 'channel' | 'outcome' | 'postedOn' | 'dispatchNumber'> & { readonly at: Instant };

type Reached = { readonly phone?: unknown; readonly email?: unknown; readonly postalAddress?: unknown };

/** A21: a citizen who gave only a postal address is written to. */
export const isWrittenTo = ({ phone, email, postalAddress }: Reached): boolean =>
  phone === undefined && email === undefined && postalAddress !== undefined;

/** A21, version 3: Art. 8 has people told by phone or e-mail; a citizen who gave neither, at the counter (A10), is written to. */
const checkAddress = ({ contact }: RequestedTicket): Refusal | undefined => {
  if (isWrittenTo(contact)) return undefined;
  const isReached = contact.phone !== undefined || contact.email !== undefined;
  return refuse('invalid', { article: '8', field: 'channel', reason: isReached ? 'by-phone-or-email' : 'no-postal-address' });
};

/** The letter on paper that was posted on that day, the newest of several. */
export const letterOf = (notices: readonly Notice[], postedOn: CivilDate | undefined): Notice | undefined =>
  postedOn === undefined ? undefined : notices.findLast((notice) => notice.outcome === 'posted' && notice.postedOn === postedOn);

/**
 * What speaks against what is said of a letter on paper. Refuses `invalid` (Art. 8) for:
 * - a day or a number where nothing was posted, and no day where it was;
 * - a day to come or before the change;
 * - a letter that came back without a record that it was posted;
 * - the channel, except for a letter that came back, where the citizen has a phone number or an e-mail address, or no postal address.
 */
export const checkPost = (said: Said, state: RequestedTicket): Refusal | undefined => {
  const { channel, outcome, postedOn, dispatchNumber, at } = said;
  // what was posted before they gave a number or an address comes back all the same
  const refusal = channel === 'post' && outcome !== 'bounced' ? checkAddress(state) : undefined;
  if (refusal !== undefined) return refusal;
  const wrong = (field: 'postedOn' | 'dispatchNumber', reason: string): Refusal => refuse('invalid', { article: '8', field, reason });
  if (dispatchNumber !== undefined && outcome !== 'posted') return wrong('dispatchNumber', 'only-by-post');
  if (channel !== 'post' || outcome === 'declined-new-slot') {
    return postedOn === undefined ? undefined : wrong('postedOn', 'only-by-post');
  }
  if (postedOn === undefined) return wrong('postedOn', 'required');
  if (outcome === 'bounced') return letterOf(state.notices, postedOn) === undefined ? wrong('postedOn', 'nothing-posted') : undefined;
  if (postedOn > civilDateOf(at)) return wrong('postedOn', 'in-the-future');
  const { noticeDuty } = state;
  return noticeDuty !== undefined && postedOn < civilDateOf(noticeDuty.since) ? wrong('postedOn', 'before-the-change') : undefined;
};

/**
 * A21: what is posted counts with its day, by analogy with Codul de procedură civilă art. 183, which asks for a registered letter; an ordinary
 * one counts on the official’s word. The post keeps no hours of it. It does not count from before what it tells of.
 */
export const countsFrom = (postedOn: CivilDate, since: Instant | undefined): Instant => {
  const begins = startOfDay(postedOn);
  return since !== undefined && begins < since ? since : begins;
};

type Letter = Pick<Notice, 'channel' | 'letterId' | 'postedOn'>;

/** A letter is known by its number, one on paper by the day on which it was posted. */
export const isSameLetter = (one: Letter, other: Letter): boolean =>
  one.letterId === undefined
    ? one.channel === 'post' && other.channel === 'post' && one.postedOn === other.postedOn
    : one.letterId === other.letterId;

/** Those that did not come back; on paper, what was posted after the return stands. */
export const thatStayed = <N extends Letter & Pick<Notice, 'outcome'>>(notices: readonly N[]): readonly N[] => {
  const cameBack = notices.filter(({ outcome }) => outcome === 'bounced');
  const letterIds = new Set(cameBack.map(({ letterId }) => letterId));
  return notices.filter((notice, i) => {
    const { outcome, letterId } = notice;
    return outcome === 'posted'
      ? !notices.slice(i).some((later) => later.outcome === 'bounced' && isSameLetter(notice, later))
      : letterId === undefined || !letterIds.has(letterId);
  });
};
