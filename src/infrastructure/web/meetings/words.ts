import type { BlockCause } from '../../../domain/agenda/facts';
import type { Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';
import type { MeetingState } from './state-shown';

type MeetingsWords = {
  readonly title: string;
  readonly section: string;
  readonly views: Readonly<Record<'week' | 'day' | 'list', string>>;
  readonly viewsLabel: string;
  readonly period: string;
  readonly earlier: Readonly<Record<'week' | 'day' | 'list', string>>;
  readonly now: Readonly<Record<'week' | 'day' | 'list', string>>;
  readonly later: Readonly<Record<'week' | 'day' | 'list', string>>;
  readonly meetings: Forms;
  readonly nothing: string;
  readonly nothingToday: string;
  readonly today: string;
  readonly who: string;
  readonly everybody: string;
  readonly show: string;
  readonly legend: string;
  readonly modes: Readonly<Record<Mode, string>>;
  readonly states: Readonly<Record<MeetingState, string>>;
  readonly withoutLink: string;
  readonly closed: Readonly<Record<BlockCause, string>>;
  readonly wholeDay: string;
  readonly holiday: string;
  readonly bridgeDay: string;
  readonly weekend: string;
  readonly request: string;
  readonly times: Forms;
  readonly changed: string;
  readonly reload: string;
  readonly live: string;
  readonly liveEnded: string;
  readonly parked: string;
};

export const meetingsWords: Words<MeetingsWords> = {
  ro: {
    title: 'Programări Webex',
    section: 'Vezi programări Webex',
    views: { week: 'Săptămână', day: 'Zi', list: 'Listă' },
    viewsLabel: 'Cum se arată',
    period: 'Perioada',
    earlier: { week: 'Săptămâna dinainte', day: 'Ziua dinainte', list: 'Mai devreme' },
    now: { week: 'Săptămâna aceasta', day: 'Azi', list: 'De azi' },
    later: { week: 'Săptămâna următoare', day: 'Ziua următoare', list: 'Mai târziu' },
    meetings: { none: 'nicio întâlnire', one: 'o întâlnire', few: '# întâlniri', other: '# de întâlniri' },
    nothing: 'Nicio programare în această perioadă.',
    nothingToday: 'Nicio programare',
    today: 'azi',
    who: 'Ale cui',
    everybody: 'Tot serviciul',
    show: 'Arată',
    legend: 'Legendă',
    modes: { online: 'Online (Webex)', phone: 'Telefonic', 'in-person': 'La sediu' },
    states: {
      'awaiting-code': 'Așteaptă codul',
      scheduled: 'Programată',
      rescheduled: 'Reprogramată',
      'in-progress': 'În desfășurare',
      held: 'Ținută',
      issued: 'Rezoluție emisă',
      sent: 'Rezoluție trimisă',
      bounced: 'Rezoluție întoarsă',
      'citizen-absent': 'Neprezentare',
      'staff-absent': 'De reprogramat',
      cancelled: 'Anulată',
    },
    withoutLink: 'Fără link',
    closed: { absence: 'Absență', 'bridge-day': 'Zi liberă', hours: 'În afara programului', departure: 'Nu mai lucrează aici' },
    wholeDay: 'toată ziua',
    holiday: 'Sărbătoare legală',
    bridgeDay: 'Zi liberă acordată',
    weekend: 'Sfârșit de săptămână',
    request: 'Cererea',
    times: { one: 'o dată', few: 'de # ori', other: 'de # de ori' },
    changed: 'Programările s-au schimbat la',
    reload: 'Reîncarcă',
    live: 'Pagina se actualizează singură.',
    liveEnded: 'Pagina nu se mai actualizează singură.',
    parked: 'Unele programări nu se pot arăta acum: așteaptă un administrator.',
  },
  en: {
    title: 'Webex appointments',
    section: 'See Webex appointments',
    views: { week: 'Week', day: 'Day', list: 'List' },
    viewsLabel: 'How it is shown',
    period: 'Period',
    earlier: { week: 'The week before', day: 'The day before', list: 'Earlier' },
    now: { week: 'This week', day: 'Today', list: 'From today' },
    later: { week: 'The week after', day: 'The day after', list: 'Later' },
    meetings: { none: 'no meetings', one: 'one meeting', other: '# meetings' },
    nothing: 'No appointment in this period.',
    nothingToday: 'No appointment',
    today: 'today',
    who: 'Whose',
    everybody: 'The whole department',
    show: 'Show',
    legend: 'Legend',
    modes: { online: 'Online (Webex)', phone: 'By phone', 'in-person': 'In person' },
    states: {
      'awaiting-code': 'Awaiting code',
      scheduled: 'Scheduled',
      rescheduled: 'Rescheduled',
      'in-progress': 'In progress',
      held: 'Held',
      issued: 'Resolution issued',
      sent: 'Resolution sent',
      bounced: 'Resolution came back',
      'citizen-absent': 'Did not come',
      'staff-absent': 'To be rescheduled',
      cancelled: 'Cancelled',
    },
    withoutLink: 'No link',
    closed: { absence: 'Absence', 'bridge-day': 'Day off', hours: 'Outside working hours', departure: 'Works here no more' },
    wholeDay: 'all day',
    holiday: 'Public holiday',
    bridgeDay: 'Bridge day',
    weekend: 'Weekend',
    request: 'Request',
    times: { one: 'once', other: '# times' },
    changed: 'The appointments changed at',
    reload: 'Reload',
    live: 'The page updates itself.',
    liveEnded: 'The page no longer updates itself.',
    parked: 'Some appointments cannot be shown now: they wait for an administrator.',
  },
};
