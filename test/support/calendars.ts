/** A calendar of these components, as programs write it. */
export const calendarOf = (...components: readonly (readonly string[])[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Somebody//Calendar//EN', ...components.flat(), 'END:VCALENDAR', ''].join('\r\n');

let made = 0;
/** An event with these lines; its title is a name that must never be seen again. */
export const eventOf = (...lines: readonly string[]): readonly string[] => {
  made += 1;
  const uid = lines.some((line) => line.startsWith('UID:')) ? [] : [`UID:event-${String(made)}@somewhere.example`];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20260101T000000Z', 'SUMMARY:Consultație la Dr. Canarul', ...lines, 'END:VEVENT'];
};

/** Like a server of a strange country: a zone of its own name, five hours ahead of UTC the whole year. */
export const ownZone: readonly string[] = [
  'BEGIN:VTIMEZONE',
  'TZID:Of the house',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0500',
  'TZOFFSETTO:+0500',
  'END:STANDARD',
  'END:VTIMEZONE',
];
