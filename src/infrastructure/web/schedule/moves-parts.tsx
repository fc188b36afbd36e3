import type { ComponentChildren, VNode } from 'preact';
import type { MeetingOfAbsence } from '../../../application/booking/followed-meetings';
import type { ConfirmedMove, MeetingToMove, WayOut } from '../../../application/booking/ways-out';
import type { Form } from '../../api/body/form';
import { dateAndHour } from '../../phrasing/words/dates';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { Select } from '../parts/fields';
import type { Whose } from './schedule-parts';

/** How the field of a meeting's way out begins; its id follows. */
const moveField = 'm-';

const valueOf = (way: WayOut): string => {
  if (way.kind === 'deputy') return `deputy ${way.staffId}`;
  return way.with === undefined ? `hour ${way.startsAt}` : `hour ${way.startsAt} ${way.with.staffId}`;
};

/** What was chosen for a meeting; nothing where it stays a task. */
const moveIn = (ticketId: string, chosen: string): ConfirmedMove | undefined => {
  const [kind, where = '', staffId] = chosen.split(' ');
  if (where === '') return undefined;
  if (kind === 'deputy') return { ticketId, kind, staffId: where };
  return kind === 'hour' ? { ticketId, kind, startsAt: where, ...(staffId === undefined ? {} : { staffId }) } : undefined;
};

/** What was confirmed for each meeting. */
export const movesIn = (form: Form): readonly ConfirmedMove[] =>
  [...form.fields.keys()].flatMap((name) =>
    name.startsWith(moveField) ? (moveIn(name.slice(moveField.length), form.text(name)) ?? []) : [],
  );

type MovesParts = {
  /** whose meetings they are */
  readonly name: string;
  readonly meetings: readonly MeetingToMove[];
  readonly lead: string;
  /** what the citizens are told */
  readonly children: ComponentChildren;
};

/** Art. 8: where each meeting goes, as proposed or otherwise. */
export const MovesToConfirm = ({ name, meetings, lead, children }: MovesParts): VNode => {
  const { locale } = usePage();
  const words = useWords().office.away;
  const inWords = (way: WayOut): string =>
    way.kind === 'deputy'
      ? (way.named === undefined ? words.deputy : words.named)({ name: way.name })
      : words.hour({ name: way.with?.name ?? name, when: dateAndHour(way.startsAt, locale) });
  return (
    <section aria-labelledby="unde">
      <h2 id="unde">{words.where}</h2>
      <p>{lead}</p>
      {meetings.map(({ ticketId, reference, slot, applicant, ways }) => (
        <Select
          name={`${moveField}${ticketId}`}
          label={`${dateAndHour(slot.startsAt, locale)}, ${applicant} (${reference})`}
          value={ways[0] === undefined ? '' : valueOf(ways[0])}
          options={[...ways.map((way) => ({ value: valueOf(way), label: inWords(way) })), { value: '', label: words.stays }]}
        />
      ))}
      {children}
    </section>
  );
};

type FollowedParts = {
  readonly whose: Whose;
  readonly title: string;
  readonly lead: string;
  readonly meetings: readonly MeetingOfAbsence[];
};

/** Art. 8: which meetings wait for an official, and which citizens for a call. */
export const FollowedMeetings = ({ whose, title, lead, meetings }: FollowedParts): VNode => {
  const { locale } = usePage();
  const words = useWords().office.away;
  const waiting = meetings.filter(({ waits }) => waits);
  const calls = meetings.filter(({ telling }) => telling === 'call');
  const letters = meetings.filter(({ telling }) => telling === 'letter');
  return (
    <HeadedPage
      title={title}
      heading={whose.own ? title : `${title}: ${whose.name}`}
      back={{ href: `/program/${whose.staffId}`, text: words.back }}
      lead={lead}
      done={words.done}
    >
      {waiting.length === 0 ? null : (
        <section class="notice notice-warn" aria-labelledby="asteapta">
          <h2 id="asteapta">{words.waiting({ count: waiting.length })}</h2>
          <ul>
            {waiting.map(({ ticketId, slot, applicant, reference }) => (
              <li>
                <a href={`/programari/${ticketId}`}>{`${dateAndHour(slot.startsAt, locale)}, ${reference}`}</a>: <bdi>{applicant}</bdi>
              </li>
            ))}
          </ul>
          <p>{words.waitingWhy}</p>
        </section>
      )}
      <section aria-labelledby="apeluri">
        <h2 id="apeluri">{words.calls}</h2>
        {calls.length === 0 ? <p>{words.noCalls}</p> : null}
        <ul>
          {calls.map(({ ticketId, slot, applicant, phone, postalAddress, meets }) => (
            <li>
              <bdi>{applicant}</bdi>,{' '}
              {phone === undefined ? (
                <bdi>{postalAddress ?? words.noPhone}</bdi>
              ) : (
                <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>
              )}
              {`: ${words.now({ when: dateAndHour(slot.startsAt, locale), name: meets })} `}
              <a href={`/programari/${ticketId}/instiintare`}>{words.note}</a>
            </li>
          ))}
        </ul>
        {letters.length === 0 ? null : <p>{words.letters({ count: letters.length })}</p>}
        <p>{words.told({ count: meetings.filter(({ waits, telling }) => !waits && telling === 'told').length })}</p>
      </section>
    </HeadedPage>
  );
};
