import type { VNode } from 'preact';
import type { MeetingCard, ResolutionView } from '../../../application/meeting/meeting-card';
import { civilDateOf } from '../../../domain/time/civil-time';
import { Document } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { useFaults } from '../parts/fields';
import { DoneNotice } from '../parts/heading';
import { dateAndHour, dueInWords, hour, longDate, plainDate } from '../../phrasing/words/dates';
import type { LostTexts } from './all-act-forms';
import { type Act, actPath, allowedActs, cardPath, nextAct, offerPath } from './acts';
import { calendarPath } from './calendar-days';
import { CardSteps } from './card-steps';
import { Icon, IconSheet, LiveFoot, livePath } from './icons';
import { iconOf, tagClass, toneOf, type MeetingState, stateView } from './state-view';
import { sentences } from '../../phrasing/sentences';
import { type Locale, needsOf } from '../../../domain/ticket/facts';
import type { MeetingRow } from '../../../application/kernel/ports/tables';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { durationView } from './typed-time';
import { PlainForm } from '../forms/forms-view';

const isLink = (text: string): boolean => text.startsWith('https://');

/** What people typed is shown as text, in its own direction. */
const Said = ({ text }: { readonly text: string }): VNode => (
  <span class="typed" dir="auto">
    {text}
  </span>
);

const windowPath = ({ number, filedOn }: MeetingCard['request']): string =>
  `/termene?${new URLSearchParams({ number, filedOn }).toString()}`;

const contactRows = ({ applicant, companion, notes }: MeetingCard, locale: Locale): readonly SummaryRow[] => {
  const words = sentences[locale].meetings.card;
  return [
    { label: words.phone, value: applicant.phone === undefined ? words.notGiven : <Said text={applicant.phone} /> },
    { label: words.email, value: applicant.email === undefined ? words.notGiven : <Said text={applicant.email} /> },
    ...(applicant.postalAddress === undefined ? [] : [{ label: words.postalAddress, value: <Said text={applicant.postalAddress} /> }]),
    ...(companion === undefined
      ? []
      : [
          {
            label: words.companions[companion.kind],
            value: <Said text={[companion.name, companion.shown].filter((part) => part !== undefined).join(' · ')} />,
          },
        ]),
    ...(notes === undefined ? [] : [{ label: words.notes, value: <Said text={notes} /> }]),
  ];
};

const recordRows = ({ link, recordings, resolution }: MeetingCard, locale: Locale): readonly SummaryRow[] => {
  const words = sentences[locale].meetings.card;
  return [
    ...(link?.meetingId === undefined ? [] : [{ label: words.meetingId, value: <Said text={link.meetingId} /> }]),
    ...recordings.map(({ recordingId, durationSeconds, url }) => ({
      label: words.recording,
      value: (
        <>
          <Said text={recordingId} /> ({durationView(durationSeconds)})
          {url !== undefined && isLink(url) ? (
            <>
              {' '}
              <a href={url} rel="noreferrer">
                {words.openRecording}
              </a>
            </>
          ) : null}
        </>
      ),
    })),
    ...(resolution.issued === undefined ? [] : [{ label: words.conclusions, value: <Said text={resolution.issued.conclusions} /> }]),
    ...(resolution.documentNumber === undefined ? [] : [{ label: words.document, value: <Said text={resolution.documentNumber} /> }]),
    ...resolution.amendments.map(({ amendment, form, conclusions, reason, amendedAt, documentNumber }) => ({
      label: words.amendments[form]({ number: amendment }),
      value: (
        <>
          <Said text={conclusions} />
          <br />
          <small>
            {dateAndHour(amendedAt, locale)}. {words.amendmentWhy({ reason })}
            {documentNumber === undefined ? null : ` ${words.document}: ${documentNumber}.`}
          </small>
        </>
      ),
    })),
  ];
};

/** Art. 8: to whom it is offered; where that is a person of the department, its head answers. */
const offerRows = ({ offer, departmentCode, allowed, ticketId }: MeetingCard, locale: Locale): readonly SummaryRow[] => {
  if (offer === undefined) return [];
  const words = sentences[locale].meetings.card;
  const { to, validUntil } = offer;
  const named = [to.department, to.name, to.slot && dateAndHour(to.slot.startsAt, locale)].filter((part) => part !== undefined);
  const isAsked = allowed.includes('reassign') && to.departmentCode === departmentCode;
  const value = (
    <>
      {words.offerTo({ to: named.join(', '), until: dueInWords(validUntil, locale) })}
      {isAsked ? (
        <>
          <br />
          <a id="raspunde" href={offerPath(ticketId)}>
            {words.answerOffer}
          </a>
        </>
      ) : null}
    </>
  );
  return [{ label: words.offer, value }];
};

/** Who, about which request, how and where; what is on record. The history of a ticket is for auditors. */
const CardDetails = ({ card, place }: Pick<Parts, 'card' | 'place'>): VNode => {
  const { locale } = usePage();
  const {
    meetings: { card: words, list },
    modes,
  } = useWords();
  const { request, mode, meetWith, reference } = card;
  return (
    <SummaryList
      rows={[
        { label: words.ticket, value: reference },
        {
          label: words.request,
          value: (
            <>
              {request.number} {words.filedOn} {plainDate(request.filedOn, locale)}
              <br />
              <a href={windowPath(request)}>{words.window}</a>
            </>
          ),
        },
        { label: words.mode, value: modes.list[mode] },
        ...(needsOf(mode).place ? [{ label: words.place, value: place }] : []),
        ...contactRows(card, locale),
        { label: words.withWhom, value: meetWith === null ? card.staffId : `${meetWith.name}, ${meetWith.department}` },
        { label: words.letters, value: words.languages[card.locale] },
        ...offerRows(card, locale),
        ...(card.reschedules === 0 ? [] : [{ label: words.reschedules, value: list.times({ count: card.reschedules }) }]),
        ...recordRows(card, locale),
      ]}
    />
  );
};

const resolutionOf = ({ issued, sentAt, bounced, handedOver }: ResolutionView): MeetingRow['resolution'] => {
  if (handedOver !== undefined) return 'handed-over';
  if (bounced) return 'bounced';
  if (sentAt !== undefined) return 'sent';
  return issued === undefined ? 'none' : 'issued';
};

/** The same word and icon as in the calendar. */
const cardState = (card: MeetingCard): MeetingState =>
  stateView({
    status: card.status,
    mode: card.mode,
    hasLink: card.link !== undefined,
    reschedules: card.reschedules,
    resolution: resolutionOf(card.resolution),
  });

/** What the card calls it: a link that is there can only be changed. */
const actView = (act: Act, { link }: Pick<MeetingCard, 'link'>, locale: Locale): string =>
  act === 'link' && link !== undefined ? sentences[locale].meetings.otherLink : sentences[locale].meetings.acts[act].short;

type Parts = {
  readonly card: MeetingCard;
  /** of the form that starts the meeting */
  readonly place: string;
  /** where the calendar's table stood before the card was read */
  readonly since: string;
  readonly done?: Act | undefined;
  readonly lost?: LostTexts | undefined;
};

/** What is next: one button. A start needs no page of its own. */
const Next = ({ card }: Parts): VNode | null => {
  const { locale, at } = usePage();
  const words = useWords().meetings;
  const act = nextAct(card, at);
  const { link, status, slot } = card;
  const opens = (status === 'scheduled' || status === 'in-progress') && link?.joinUrl.startsWith('https://') === true;
  if (act === undefined && !opens) return null;
  return (
    <div class="actions">
      {act === undefined ? null : act === 'start' ? (
        <PlainForm action={actPath(card.ticketId, act)}>
          <button id="urmeaza">{words.acts[act].button}</button>
        </PlainForm>
      ) : (
        <a id="urmeaza" class="button" href={actPath(card.ticketId, act)}>
          {actView(act, card, locale)}
        </a>
      )}
      {opens ? (
        <a id="webex" class={act === undefined && at >= slot.startsAt ? 'button' : 'button second'} href={link.joinUrl} rel="noreferrer">
          {words.card.openMeeting}
        </a>
      ) : null}
    </div>
  );
};

const Others = ({ card }: Parts): VNode | null => {
  const { locale, at } = usePage();
  const next = nextAct(card, at);
  const others = allowedActs(card).filter((act) => act !== next);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="altele">
      <h2 id="altele">{useWords().meetings.card.others}</h2>
      <ul class="card-others">
        {others.map((act) => (
          <li>
            <a id={`a-${act}`} href={actPath(card.ticketId, act)}>
              {actView(act, card, locale)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Why something that was asked for was not done. */
const Refused = (): VNode | null =>
  useFaults().length === 0 ? null : (
    <div class="notice notice-warn" role="alert" tabIndex={-1} data-focus>
      {useFaults().map(({ message }) => (
        <p>{message}</p>
      ))}
    </div>
  );

const Lost = ({ lost: { texts, meanwhile } }: { readonly lost: LostTexts }): VNode => (
  <section class="notice" aria-labelledby="scris">
    <h2 id="scris">{useWords().frame.drafts.typed}</h2>
    {meanwhile === undefined ? null : <p>{meanwhile}</p>}
    {texts.map(({ label, text }) => (
      <>
        <h3>{label}</h3>
        <p class="typed">{text}</p>
      </>
    ))}
  </section>
);

/**
 * The card of one meeting: what is next, what Art. 5–8 still ask, who it is with. It offers only what is allowed now. Its title holds no
 * name, for browsers keep titles in their history.
 */
export const CardPage = (parts: Parts): VNode => {
  const { card, place, since, done, lost } = parts;
  const { locale } = usePage();
  const { card: words, acts, list } = useWords().meetings;
  const { reference, slot, applicant, mode } = card;
  const state = cardState(card);
  return (
    <Document title={`${reference}, ${longDate(slot.startsAt, locale)}, ${hour(slot.startsAt)}`} side="office">
      <IconSheet names={[state, iconOf(mode), 'held', 'next']} />
      <a class="back" href={calendarPath('week', civilDateOf(slot.startsAt), undefined)}>
        {words.back}
      </a>
      <DoneNotice text={done && acts[done].done} />
      <Refused />
      {card.incomplete ? <p class="notice notice-bad">{words.incomplete}</p> : null}
      {lost === undefined ? null : <Lost lost={lost} />}
      <h1 class="card-name">
        <bdi>{applicant.name}</bdi>
      </h1>
      <div data-live={livePath(since)} data-live-part="card">
        <p class="card-when">
          <span class={tagClass[toneOf[state]]}>
            <Icon name={state} /> {list.states[state]}
          </span>{' '}
          <span>
            {longDate(slot.startsAt, locale)}, {hour(slot.startsAt)}–{hour(slot.endsAt)} <small>({words.romanianTime})</small>
          </span>
        </p>
        {card.erased ? <p class="notice">{words.erased}</p> : null}
        <div class="card-columns">
          <div>
            <section class="card" aria-labelledby="de-facut">
              <h2 id="de-facut">{words.todo}</h2>
              {card.status === 'in-progress' && needsOf(mode).recording ? <p>{words.pressRecord}</p> : null}
              <Next {...parts} />
              <CardSteps card={card} />
            </section>
            <Others {...parts} />
          </div>
          <section aria-labelledby="datele">
            <h2 id="datele">{words.details}</h2>
            <CardDetails card={card} place={place} />
          </section>
        </div>
      </div>
      <LiveFoot here={cardPath(card.ticketId)} />
    </Document>
  );
};
