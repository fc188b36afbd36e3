const longest = 2_000;

/** The address as it is asked: `webcal:` is how calendar programs write HTTPS. `undefined` when it is none. */
export const calendarAddressOf = (typed: string): string | undefined => {
  const text = typed.trim().replace(/^webcals?:/i, 'https:');
  if (text.length > longest || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hash } = new URL(text);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  return hash === '' ? new URL(text).href : undefined;
};

/** Whether this installation reads calendars there: the origin must stand in the list, to the port. */
export const mayBeFollowed = (address: string, hosts: readonly string[]): boolean => hosts.includes(new URL(address).origin);
