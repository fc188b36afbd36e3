import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

/** Meetings are many, points of a percent are much: Romanian has a word for each. */
type Compared = Readonly<Record<'more' | 'less', string>>;
type ChartWords = { readonly title: string; readonly about: string };

type FiguresWords = {
  readonly title: string;
  readonly everywhere: string;
  readonly comparedWith: string;
  readonly from: string;
  readonly to: string;
  readonly department: string;
  readonly show: string;
  readonly ready: Readonly<Record<'latest' | 'month' | 'year', string>>;
  readonly readyTitle: string;
  readonly faulty: string;
  readonly emptyTitle: string;
  readonly empty: string;
  readonly inShort: string;
  readonly cards: Readonly<Record<'held' | 'recorded' | 'delivered' | 'absent', string>>;
  readonly ofTickets: Forms;
  readonly ofHeld: Forms;
  readonly ofOnline: Forms;
  readonly unrecorded: Forms;
  readonly awaited: Forms;
  readonly halfWithin: string;
  readonly ofHours: Forms;
  readonly citizensAbsent: Forms;
  readonly staffAbsent: Forms;
  readonly nothingToSay: Readonly<Record<'recorded' | 'delivered' | 'absent', string>>;
  readonly counts: Compared;
  readonly shares: Compared;
  readonly points: Forms;
  readonly same: string;
  readonly nothingBefore: string;
  readonly alsoTitle: string;
  readonly also: Readonly<Record<'lead' | 'minutes' | 'byCitizen' | 'byStaff' | 'cancelled' | 'waived', string>>;
  readonly days: Forms;
  readonly meetings: ChartWords;
  readonly delays: ChartWords;
  readonly departments: ChartWords;
  readonly legend: Readonly<Record<'held' | 'recorded' | 'unrecorded', string>>;
  readonly target: string;
  readonly table: string;
  readonly download: string;
  readonly columns: Readonly<
    Record<
      | 'week'
      | 'department'
      | 'tickets'
      | 'held'
      | 'online'
      | 'recorded'
      | 'recordedShare'
      | 'delivered'
      | 'deliveredShare'
      | 'median'
      | 'medianMinutes'
      | 'absent'
      | 'rescheduled'
      | 'cancelled'
      | 'days',
      string
    >
  >;
  readonly total: string;
  readonly shownAbove: string;
};

export const figuresWords: Words<FiguresWords> = {
  ro: {
    title: 'Rapoarte',
    everywhere: 'toate serviciile',
    comparedWith: 'Comparația se face cu aceleași zile ale săptămânii din perioada dinainte:',
    from: 'De la',
    to: 'Până la',
    department: 'Serviciul',
    show: 'Arată',
    ready: { latest: 'ultimele șase săptămâni', month: 'luna trecută', year: 'de la începutul anului' },
    readyTitle: 'Perioade uzuale',
    faulty: 'Nu se poate număra pe această perioadă',
    emptyTitle: 'Nicio întâlnire în această perioadă',
    empty: 'Nu a fost programată nicio întâlnire între aceste zile. Alegeți altă perioadă sau alt serviciu.',
    inShort: 'Pe scurt',
    cards: { held: 'Întâlniri ținute', recorded: 'Înregistrate, din cele online', delivered: 'Rezoluții trimise', absent: 'Absențe' },
    ofTickets: { one: 'din # programare', few: 'din # programări', other: 'din # de programări' },
    ofHeld: { one: '% din # întâlnire ținută', few: '% din # întâlniri ținute', other: '% din # de întâlniri ținute' },
    ofOnline: { one: '% din # ținută online', few: '% din # ținute online', other: '% din # ținute online' },
    unrecorded: { one: '# fără înregistrare', few: '# fără înregistrare', other: '# fără înregistrare' },
    awaited: { one: 'din care una mai poate veni', few: 'din care # mai pot veni', other: 'din care # mai pot veni' },
    halfWithin: 'jumătate au plecat în cel mult',
    ofHours: {
      one: '% din # întâlnire la care a venit ora',
      few: '% din # întâlniri la care a venit ora',
      other: '% din # de întâlniri la care a venit ora',
    },
    citizensAbsent: { one: '# cetățean', few: '# cetățeni', other: '# de cetățeni' },
    staffAbsent: { one: '# funcționar', few: '# funcționari', other: '# de funcționari' },
    nothingToSay: {
      recorded: 'nicio întâlnire online ținută',
      delivered: 'nicio întâlnire ținută',
      absent: 'nicio întâlnire la care să fi venit ora',
    },
    counts: { more: 'cu # mai multe decât înainte (%)', less: 'cu # mai puține decât înainte (%)' },
    shares: { more: 'cu # mai mult decât înainte (%)', less: 'cu # mai puțin decât înainte (%)' },
    points: { one: '# punct procentual', few: '# puncte procentuale', other: '# de puncte procentuale' },
    same: 'la fel ca înainte',
    nothingBefore: 'înainte nu a fost nimic de numărat',
    alsoTitle: 'Și încă',
    also: {
      lead: 'De la cerere la întâlnire, în medie',
      minutes: 'Durata unei întâlniri, în medie',
      byCitizen: 'Reprogramări cerute de cetățeni',
      byStaff: 'Reprogramări făcute de funcționari',
      cancelled: 'Anulate',
      waived: 'Fără înregistrare la cererea cetățeanului',
    },
    days: { one: '# zi', few: '# zile', other: '# de zile' },
    meetings: {
      title: 'Întâlniri pe săptămâni',
      about: 'Câte au fost ținute și câte, dintre cele online, au înregistrare.',
    },
    delays: {
      title: 'Cât durează până la rezoluție',
      about: 'Minute de la încheierea întâlnirii până la trimitere: jumătate dintre rezoluții au plecat mai repede (mediana).',
    },
    departments: { title: 'Pe servicii', about: 'Fiecare tichet este numărat la serviciul la care are loc întâlnirea.' },
    legend: { held: 'Ținute', recorded: 'Online, înregistrate', unrecorded: 'Online, fără înregistrare' },
    target: 'ținta:',
    table: 'Datele ca tabel',
    download: 'Descarcă CSV',
    columns: {
      week: 'Zilele',
      department: 'Serviciul',
      tickets: 'Programate',
      held: 'Ținute',
      online: 'Online',
      recorded: 'Înregistrate',
      recordedShare: 'Înregistrate, din cele online',
      delivered: 'Rezoluții trimise',
      deliveredShare: 'Rezoluții trimise',
      median: 'Mediana până la trimitere',
      medianMinutes: 'Mediana până la trimitere (minute)',
      absent: 'Absențe',
      rescheduled: 'Reprogramări',
      cancelled: 'Anulate',
      days: 'Zile până la întâlnire',
    },
    total: 'În total',
    shownAbove: 'Arătat mai sus',
  },
  en: {
    title: 'Figures',
    everywhere: 'all departments',
    comparedWith: 'Compared with the same weekdays of the period before:',
    from: 'From',
    to: 'To',
    department: 'Department',
    show: 'Show',
    ready: { latest: 'the last six weeks', month: 'last month', year: 'since the year began' },
    readyTitle: 'Frequent periods',
    faulty: 'Nothing can be counted for this period',
    emptyTitle: 'No meeting in this period',
    empty: 'No meeting was scheduled between these days. Choose another period or another department.',
    inShort: 'In short',
    cards: { held: 'Meetings held', recorded: 'Recorded, of those online', delivered: 'Resolutions sent', absent: 'Absences' },
    ofTickets: { one: 'of # appointment', other: 'of # appointments' },
    ofHeld: { one: '% of # meeting held', other: '% of # meetings held' },
    ofOnline: { one: '% of # held online', other: '% of # held online' },
    unrecorded: { one: '# without a recording', other: '# without a recording' },
    awaited: { one: 'of which one may still come', other: 'of which # may still come' },
    halfWithin: 'half of them left within',
    ofHours: { one: '% of # meeting whose hour came', other: '% of # meetings whose hour came' },
    citizensAbsent: { one: '# citizen', other: '# citizens' },
    staffAbsent: { one: '# civil servant', other: '# civil servants' },
    nothingToSay: { recorded: 'no meeting held online', delivered: 'no meeting held', absent: 'no meeting whose hour came' },
    counts: { more: '# more than before (%)', less: '# fewer than before (%)' },
    shares: { more: '# more than before (%)', less: '# less than before (%)' },
    points: { one: '# percentage point', other: '# percentage points' },
    same: 'the same as before',
    nothingBefore: 'before, there was nothing to count',
    alsoTitle: 'And also',
    also: {
      lead: 'From request to meeting, on average',
      minutes: 'Length of a meeting, on average',
      byCitizen: 'Rescheduled by citizens',
      byStaff: 'Rescheduled by civil servants',
      cancelled: 'Cancelled',
      waived: 'Not recorded because the citizen objected',
    },
    days: { one: '# day', other: '# days' },
    meetings: { title: 'Meetings by week', about: 'How many were held and how many, of those online, have a recording.' },
    delays: {
      title: 'How long the resolution takes',
      about: 'Minutes from the end of the meeting to sending: half of the resolutions left sooner (the median).',
    },
    departments: { title: 'By department', about: 'Each ticket is counted in the department where the meeting takes place.' },
    legend: { held: 'Held', recorded: 'Online, recorded', unrecorded: 'Online, without a recording' },
    target: 'target:',
    table: 'The data as a table',
    download: 'Download CSV',
    columns: {
      week: 'Days',
      department: 'Department',
      tickets: 'Scheduled',
      held: 'Held',
      online: 'Online',
      recorded: 'Recorded',
      recordedShare: 'Recorded, of those online',
      delivered: 'Resolutions sent',
      deliveredShare: 'Resolutions sent',
      median: 'Median until sent',
      medianMinutes: 'Median until sent (minutes)',
      absent: 'Absences',
      rescheduled: 'Rescheduled',
      cancelled: 'Cancelled',
      days: 'Days until the meeting',
    },
    total: 'In total',
    shownAbove: 'Shown above',
  },
};
