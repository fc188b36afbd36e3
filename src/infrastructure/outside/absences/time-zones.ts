import ICAL from 'ical.js';
import { IANAZone } from 'luxon';
import { tzlib_get_ical_block as timeZoneBlock } from 'timezones-ical-library';
import { zone as ownZone } from '../../../domain/time/civil-time';
import type { Block } from './calendar-text';

/** Names of Windows, as Outlook writes them (CLDR, windowsZones): those of Europe and a few that travel. */
const ofWindows: Readonly<Record<string, string>> = {
  'GTB Standard Time': 'Europe/Bucharest',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kiev',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Russian Standard Time': 'Europe/Moscow',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Pacific Standard Time': 'America/Los_Angeles',
};
const ofUtc = new Set(['UTC', 'Etc/UTC', 'GMT', 'Z', 'Coordinated Universal Time']);

const known = (name: string): ICAL.Component | undefined => {
  // the library says on standard output that it knows no such name
  const [block] = IANAZone.isValidZone(name) ? timeZoneBlock(name) : [];
  return block === undefined || block === '' ? undefined : ICAL.Component.fromString(block);
};

/** A rule of a zone names a day of the year. Any other would be computed for ever, or is none. */
const isYearly = (component: ICAL.Component): boolean =>
  [...component.getAllSubcomponents('standard'), ...component.getAllSubcomponents('daylight')].every((part) =>
    part.getAllProperties('rrule').every((rule) => /^FREQ=YEARLY\b/i.test(rule.toICALString().replace(/^RRULE:/i, ''))),
  );

const zoneOf = (component: ICAL.Component, tzid: string): ICAL.Timezone => new ICAL.Timezone({ component, tzid });

/** The zones that this calendar may name: its own, those of the tz database, those of Outlook. */
export type TimeZones = {
  /** of times that name none: everybody here lives by the clocks of Bucharest */
  readonly ours: ICAL.Timezone;
  named(tzid: string): ICAL.Timezone | undefined;
};

export const timeZones = (blocks: readonly Block[]): TimeZones => {
  const found = new Map<string, ICAL.Timezone | undefined>();
  for (const { text } of blocks) {
    try {
      const component = ICAL.Component.fromString(text);
      const tzid = component.getFirstPropertyValue('tzid');
      if (typeof tzid === 'string' && isYearly(component)) found.set(tzid, zoneOf(component, tzid));
    } catch {
      // its events are told as ones in a zone that nobody knows
    }
  }
  const own = known(ownZone);
  if (own === undefined) throw new Error(`no time zone block for ${ownZone}`);
  return {
    ours: zoneOf(own, ownZone),
    named: (tzid) => {
      if (!found.has(tzid)) {
        const component = known(ofWindows[tzid] ?? tzid);
        found.set(tzid, ofUtc.has(tzid) ? ICAL.Timezone.utcTimezone : component && zoneOf(component, tzid));
      }
      return found.get(tzid);
    },
  };
};
