import { Inject, Injectable } from '@nestjs/common';
import type { Asker, Official } from '../../application/kernel/access';
import { commandOf } from '../../application/kernel/execute';
import { forbiddenOnStaff } from '../../application/kernel/permission';
import type { CalendarSource } from '../../application/staff/follow-calendar';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Refusal } from '../../domain/kernel/refusal';
import type { OpenedPorts } from './provided';
import { openedToken, portsToken } from './tokens';
import { calendarAddressOf, mayBeFollowed } from '../outside/absences/calendar-address';
import type { CalendarStatus } from '../outside/absences/calendar-read';
import { type FollowedCalendars, followedCalendars } from '../outside/absences/followed-calendars';
import { calendarKeyOf } from '../log/keys/purpose-keys';
import { keepPolling, type Polling } from '../outside/absences/poll-calendars';
import { asksForAPerson, statusOfCalendar } from '../outside/absences/status';
import { type CalendarTaken, type NothingTaken, takeCalendar } from '../outside/absences/take-calendar';

export type CalendarsOfPerson = {
  readonly followed: boolean;
  readonly address: CalendarStatus;
  readonly file: CalendarStatus;
  /** for a day the address could not be read */
  readonly asksForAPerson: boolean;
};

/** The absences that come from the calendars of civil servants (A16): files handed in, and addresses read again and again. */
@Injectable()
export class AbsenceCalendars {
  readonly #calendars: FollowedCalendars;
  readonly #polling: Polling;

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) { tokenKey, purposeKeys, calendarDoor }: OpenedPorts,
  ) {
    const key = purposeKeys.renewed?.('absence-calendar') ?? calendarKeyOf(tokenKey);
    this.#calendars = followedCalendars(ports, key, purposeKeys.former?.('absence-calendar'));
    this.#polling = { ports, calendars: this.#calendars, door: calendarDoor ?? { hosts: [], networks: [] } };
  }

  /** Whether this installation reads calendars at addresses at all. */
  get readsAddresses(): boolean {
    return this.#polling.door.hosts.length > 0;
  }

  async takeFile(official: Official, staffId: string, text: string): Promise<CalendarTaken | NothingTaken | Refusal> {
    const context = commandOf(official, this.ports.identifiers.next(), this.ports.clock.now());
    return takeCalendar(this.ports, context, { staffId, source: 'file', text });
  }

  /** From now on read at this address, the first time within half a minute; the same address again is read anew. */
  async follow(asker: Asker, staffId: string, typed: string): Promise<'followed' | 'no-address' | 'not-allowed' | Refusal> {
    const forbidden = await forbiddenOnStaff(this.ports, asker, 'calendar.followed', staffId);
    if (forbidden) return forbidden;
    const address = calendarAddressOf(typed);
    if (address === undefined) return 'no-address';
    if (!mayBeFollowed(address, this.#polling.door.hosts)) return 'not-allowed';
    await this.#calendars.put(staffId, address);
    return 'followed';
  }

  /** Read no more. Its absences stay: whoever is away does not come back by forgetting an address. */
  async leave(asker: Asker, staffId: string): Promise<Refusal | undefined> {
    const forbidden = await forbiddenOnStaff(this.ports, asker, 'calendar.left', staffId);
    if (forbidden === undefined) await this.#calendars.remove(staffId);
    return forbidden;
  }

  /** Which address is read, for whoever compares; it tells nothing of the address itself. */
  async followedAs(staffId: string): Promise<object> {
    const kept = await this.#calendars.get(staffId);
    return { followed: typeof kept === 'object' ? this.ports.personalData.tag('absence-calendar', kept.address) : kept };
  }

  async of(staffId: string): Promise<CalendarsOfPerson> {
    const standing = (source: CalendarSource): Promise<CalendarStatus> => statusOfCalendar(this.ports, source, staffId);
    const [kept, address, file] = await Promise.all([this.#calendars.get(staffId), standing('address'), standing('file')]);
    const asks = kept !== 'none' && asksForAPerson(address, this.ports.clock.now());
    return { followed: kept !== 'none', address, file, asksForAPerson: asks };
  }

  /** Of these people, those whose calendar a person must look after. */
  async unread(staffIds: readonly string[]): Promise<readonly string[]> {
    const asked = await Promise.all(staffIds.map(async (staffId) => ({ staffId, standing: await this.of(staffId) })));
    return asked.filter(({ standing }) => standing.asksForAPerson).map(({ staffId }) => staffId);
  }

  async keepReading(signal: AbortSignal): Promise<void> {
    await keepPolling(this.#polling, signal);
  }
}
