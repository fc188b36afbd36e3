import type { RegisterStaffInput } from '../../../application/staff/register-staff';
import type { Locale, Mode } from '../../../domain/ticket/facts';

/** Invented people: no name here belongs to a real person. */
export const demoStaff: readonly RegisterStaffInput[] = [
  ['d01', 'Sanda Vlaicu', 'head-of-service', 'Serviciul Autorizări construcții', '433'],
  ['d02', 'Horia Măgureanu', 'executive', 'Serviciul Autorizări construcții', '433'],
  ['d03', 'Ilinca Șerban-Moga', 'executive', 'Serviciul Autorizări construcții', '433'],
  ['d04', 'Zoltán Bartha', 'head-of-office', 'Biroul Taxe și impozite', '305'],
  ['d05', 'Păun Despina', 'executive', 'Biroul Taxe și impozite', '305'],
  ['d06', 'Noémi Kádár', 'head-of-service', 'Serviciul Strategii urbane', '421'],
  ['d07', 'Tiberiu Văsâi', 'executive', 'Serviciul Strategii urbane', '421'],
].map(([staffId = '', name = '', role = '', department = '', departmentCode = '']) => ({
  staffId,
  name,
  role: role === 'head-of-service' || role === 'head-of-office' ? role : 'executive',
  department,
  departmentCode,
  email: `${staffId}@primaria.example`,
}));

/** What becomes of a ticket once its hour has come. `open`: nothing is recorded yet. */
type Outcome =
  | 'resolved'
  | 'no-recording'
  | 'overdue-resolution'
  | 'citizen-absent'
  | 'moved-by-staff'
  | 'moved-by-citizen'
  | 'cancelled'
  | 'not-verified';

/** One ticket of the demonstration. `day` counts working days from today: -1 is the last one before it. */
export type DemoTicket = {
  readonly name: string;
  readonly subject: string;
  readonly staffId: string;
  readonly mode: Mode;
  readonly day: number;
  /** local time */
  readonly time: string;
  readonly outcome: Outcome;
  readonly email: boolean;
  /** answered before it was asked for: a clarification (Art. 2 b) */
  readonly clarification: boolean;
  readonly locale: Locale;
};

type Line = readonly [
  name: string,
  subject: string,
  staffId: string,
  mode: Mode,
  day: number,
  time: string,
  outcome: Outcome,
  rest?: Partial<DemoTicket>,
];

const lines: readonly Line[] = [
  ['Anca Dragomir', 'Autorizație de construire', 'd02', 'online', -5, '09:00', 'resolved'],
  ['Țurcanu Ștefan', 'Prelungire autorizație', 'd02', 'phone', -5, '10:30', 'resolved'],
  ['Kelemen Réka', 'Certificat fiscal', 'd05', 'in-person', -5, '11:00', 'resolved', { email: false, clarification: true }],
  ['Bogdan Petrescu-Lupu', 'Reducere impozit clădire', 'd05', 'online', -4, '09:15', 'no-recording'],
  ['Maria Ilea', 'Autorizație de demolare', 'd03', 'online', -4, '13:00', 'resolved', { clarification: true }],
  ['Nicolae Fărcaș', 'Autorizație de construire', 'd02', 'phone', -3, '08:30', 'overdue-resolution'],
  ['SC Zidaru Exemplu SRL', 'Autorizație de construire', 'd01', 'online', -3, '12:00', 'resolved'],
  ['Oana Todoran', 'Eșalonare la plată', 'd04', 'in-person', -2, '10:00', 'citizen-absent'],
  ['Vasile Crăciun', 'Compensare taxă', 'd05', 'phone', -2, '09:45', 'resolved', { email: false }],
  ['Júlia Nagy', 'Certificat fiscal', 'd05', 'online', -1, '10:15', 'moved-by-staff'],
  ['Ioan Ștefănescu', 'Prelungire autorizație', 'd03', 'online', -1, '11:30', 'resolved', { locale: 'en' }],
  ['Delia Rusu', 'Autorizație de construire', 'd02', 'in-person', 0, '09:30', 'resolved'],
  ['Emil Groza', 'Autorizație de construire', 'd03', 'online', 0, '12:15', 'resolved', { clarification: true }],
  ['Corina Avram', 'Reducere impozit clădire', 'd04', 'phone', 0, '13:00', 'resolved'],
  ['Lucian Bota', 'Certificat fiscal', 'd05', 'online', 1, '09:00', 'resolved'],
  ['Szabó Emese', 'Autorizație de construire', 'd02', 'online', 1, '10:00', 'moved-by-citizen'],
  ['Radu Hîncu', 'Autorizație de demolare', 'd03', 'in-person', 2, '08:45', 'resolved', { clarification: true }],
  ['Teodora Manea', 'Eșalonare la plată', 'd04', 'phone', 2, '11:15', 'resolved'],
  ['Paul Iepure', 'Prelungire autorizație', 'd02', 'online', 3, '09:30', 'cancelled'],
  ['Gabriela Sas', 'Certificat fiscal', 'd05', 'online', 3, '12:45', 'resolved', { locale: 'en' }],
  ['Mircea Olteanu', 'Autorizație de construire', 'd01', 'in-person', 4, '10:30', 'not-verified'],
  ['Florina Pașca', 'Autorizație de construire', 'd03', 'phone', 4, '09:15', 'resolved'],
];

export const demoTickets: readonly DemoTicket[] = lines.map(([name, subject, staffId, mode, day, time, outcome, rest = {}]) => ({
  name,
  subject,
  staffId,
  mode,
  day,
  time,
  outcome,
  email: true,
  clarification: false,
  locale: 'ro',
  ...rest,
}));

/** Requests without a ticket, to try booking with. */
export const demoRequestsToTry: readonly { readonly name: string; readonly subject: string; readonly staffId: string }[] = [
  { name: 'Popescu I. Ion', subject: 'Autorizație de construire', staffId: 'd02' },
  { name: 'Pop-Mureșan Ana Maria', subject: 'Certificat fiscal', staffId: 'd05' },
];

/** What became of a ticket of the months before. None of it breaks the procedure: those that do are in the week that is told. */
type EarlierOutcome = 'resolved' | 'waived' | 'citizen-absent' | 'moved-by-citizen' | 'moved-by-staff' | 'cancelled';

/** A ticket of the months before the week that is told: there is one, so that figures have weeks to show. */
export type EarlierTicket = {
  readonly name: string;
  readonly subject: string;
  readonly staffId: string;
  readonly mode: Mode;
  /** working days from today, as in the week that is told */
  readonly day: number;
  readonly time: string;
  readonly outcome: EarlierOutcome;
  readonly email: boolean;
  /** from the end of the meeting to the resolution */
  readonly delayMinutes: number;
  /** those booked on one evening, three working days before the first of them meets */
  readonly evening: number;
};

const firstNames = ['Adina', 'Barna', 'Călin', 'Daria', 'Eszter', 'Florin', 'Iulia', 'Lóránt', 'Mihnea', 'Ruxandra', 'Șerban'];
const surnames = ['Aldea', 'Bíró', 'Cătană', 'Dobrescu', 'Fülöp', 'Ghibu', 'Iacob', 'Lazăr', 'Moțoc', 'Puiu', 'Rațiu', 'Stanciu', 'Țone'];
const subjects = ['Certificat de urbanism', 'Reducere impozit clădire', 'Autorizație de construire', 'Aviz de oportunitate'];
const times = ['09:00', '10:30', '11:15', '12:30', '13:00'];
const modes: readonly Mode[] = ['online', 'phone', 'online', 'in-person', 'online'];
const rare: Readonly<Record<number, EarlierOutcome>> = {
  4: 'moved-by-citizen',
  9: 'citizen-absent',
  15: 'waived',
  18: 'cancelled',
  23: 'moved-by-staff',
  31: 'citizen-absent',
};

const staffIds = demoStaff.map(({ staffId }) => staffId);

const weeks = 10;
/** The week that is told has the five working days before today. */
const latestDay = -6;
const daysAWeek = 5;

const nth = <T>(list: readonly T[], index: number, otherwise: T): T => list[index % list.length] ?? otherwise;

/**
 * More meetings, and quicker resolutions, the nearer the week is. They stand on a day or two of a week, at one hour of different people:
 * what happens at one instant is told at once.
 */
const daysOf = (week: number): readonly number[] => (week < 6 ? [1, 3] : [2]);
const ticketsADay = (week: number): number => (week < 2 ? 3 : 2);
const quickestMinutes = 18;
const slowerAWeek = 8;

const days = Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
  daysOf(week).flatMap((day) => Array.from({ length: ticketsADay(week) }, () => ({ week, day: latestDay - week * daysAWeek - day }))),
);

/** Some forty tickets over ten weeks, the newest first: the same in every demonstration. */
export const earlierTickets: readonly EarlierTicket[] = days.map(({ week, day }, index) => {
  const mode = nth(modes, index, 'online');
  return {
    name: `${nth(surnames, index, '')} ${nth(firstNames, index, '')}`,
    subject: nth(subjects, index, ''),
    staffId: nth(staffIds, index, ''),
    mode,
    day,
    time: nth(times, -day, ''),
    outcome: rare[index] === 'waived' && mode !== 'online' ? 'resolved' : (rare[index] ?? 'resolved'),
    email: mode !== 'in-person',
    delayMinutes: quickestMinutes + week * slowerAWeek + (-day % 3) * 7,
    evening: week,
  };
});
