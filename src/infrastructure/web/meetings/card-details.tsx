import type { VNode } from 'preact';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Locale } from '../../../domain/ticket/facts';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { plainDate } from '../../phrasing/words/dates';
import { durationShown } from './duration-shown';
import { sentences } from '../../phrasing/sentences';

const isLink = (text: string): boolean => text.startsWith('https://');

/** What people typed is shown as text, in whichever direction it runs. */
const Said = ({ text }: { readonly text: string }): VNode => (
  <span class="typed" dir="auto">
    {text}
  </span>
);

const windowPath = ({ number, filedOn }: MeetingCard['request']): string =>
  `/termene?${new URLSearchParams({ number, filedOn }).toString()}`;

const contactRows = ({ applicant, notes }: MeetingCard, locale: Locale): readonly SummaryRow[] => {
  const words = sentences[locale].meetings.card;
  return [
    { label: words.phone, value: applicant.phone === undefined ? words.notGiven : <Said text={applicant.phone} /> },
    { label: words.email, value: applicant.email === undefined ? words.notGiven : <Said text={applicant.email} /> },
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
          <Said text={recordingId} /> ({durationShown(durationSeconds)})
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
  ];
};

/** Who, about which request, how and where; what is on record. The history of a ticket is for auditors. */
export const CardDetails = ({
  card,
  locale,
  place,
}: {
  readonly card: MeetingCard;
  readonly locale: Locale;
  readonly place: string;
}): VNode => {
  const words = sentences[locale].meetings.card;
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
        { label: words.mode, value: sentences[locale].meetings.list.modes[mode] },
        ...(mode === 'in-person' ? [{ label: words.place, value: place }] : []),
        ...contactRows(card, locale),
        { label: words.withWhom, value: meetWith === null ? card.staffId : `${meetWith.name}, ${meetWith.department}` },
        { label: words.letters, value: words.languages[card.locale] },
        ...(card.reschedules === 0
          ? []
          : [{ label: words.reschedules, value: sentences[locale].meetings.list.times({ count: card.reschedules }) }]),
        ...recordRows(card, locale),
      ]}
    />
  );
};
