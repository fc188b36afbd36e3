import { fault, type SettingFault } from './setting-fault';
import { addressRanges, type Environment } from './single-settings';

/** From where the calendars of civil servants may be read. */
export type CalendarSettings = {
  /** origins: `https://outlook.office365.com`; none means that no calendar is read at an address */
  readonly calendarHosts: readonly string[];
  /** networks of the city hall that one of these names may lead to */
  readonly calendarNetworks: readonly string[];
};

/** A name stands for HTTPS; without encryption a host is only asked where that is written out. */
const originOf = (entry: string): string | undefined => {
  const text = /^https?:\/\//i.test(entry) ? entry : `https://${entry}`;
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname, search, hash, username, password, hostname } = new URL(text);
  const more = pathname !== '/' || search !== '' || hash !== '' || username !== '' || password !== '' || hostname.includes('*');
  return more ? undefined : origin;
};

export const calendarSettings = (environment: Environment, faults: SettingFault[]): CalendarSettings => {
  const text = environment['TICHET_CALENDAR_HOSTS'] ?? '';
  const origins = text === '' ? [] : text.split(',').map((entry) => originOf(entry.trim()));
  const calendarHosts = origins.flatMap((origin) => origin ?? []);
  if (calendarHosts.length < origins.length) {
    faults.push(
      fault(
        'TICHET_CALENDAR_HOSTS',
        'Nu este o listă de gazde, despărțite prin virgule: outlook.office365.com, calendar.primarie.example:8443.',
        'This is not a list of hosts, separated by commas: outlook.office365.com, calendar.cityhall.example:8443.',
      ),
    );
  }
  return { calendarHosts, calendarNetworks: addressRanges(environment, 'TICHET_CALENDAR_NETWORKS', faults) };
};
