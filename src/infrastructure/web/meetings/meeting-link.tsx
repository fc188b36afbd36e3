import type { VNode } from 'preact';
import type { MeetingShown } from '../../../application/staff/staff-calendar';
import type { Locale } from '../../../domain/ticket/facts';
import { hour } from '../../phrasing/words/dates';
import { Icon } from './icons';
import { lacksLink, modeIcon, stateShown, toneOf } from './state-shown';
import { sentences } from '../../phrasing/sentences';

/** One meeting in the calendar: when, how, with whom, and what it has come to, in words and with an icon. */
export const MeetingLink = ({
  meeting,
  locale,
  staffName,
  detailed,
}: {
  readonly meeting: MeetingShown;
  readonly locale: Locale;
  /** where several people's meetings stand together */
  readonly staffName?: string | undefined;
  readonly detailed: boolean;
}): VNode => {
  const words = sentences[locale].meetings.list;
  const { ticketId, mode, startsAt, applicant, requestNumber } = meeting;
  const state = stateShown(meeting);
  const unlinked = lacksLink(meeting);
  return (
    <a id={`m-${ticketId}`} class={`meeting tone-${toneOf[state]}`} href={`/programari/${ticketId}`}>
      <span class="meeting-who">
        <Icon name={modeIcon[mode]} />
        <b>{hour(startsAt)}</b> <span class="meeting-name">{applicant.name}</span>
        <span class="unseen">, {words.modes[mode]}</span>
      </span>
      {detailed ? (
        <span class="meeting-more">
          {words.modes[mode]} · {words.request} {requestNumber}
        </span>
      ) : null}
      {staffName === undefined ? null : <span class="meeting-more">{staffName}</span>}
      <span class="meeting-state">
        <Icon name={state} /> {words.states[state]}
        {unlinked ? (
          <span class="meeting-lacks">
            <Icon name="unlinked" /> {words.withoutLink}
          </span>
        ) : null}
      </span>
    </a>
  );
};
