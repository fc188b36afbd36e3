/**
 * Under which address a civil servant is known to Webex: the one of the directory when nothing is set; `@domain`, the same name at that
 * domain; an address, the same host for everybody.
 */
export const hostAddress = (email: string, setting: string | undefined): string => {
  if (setting === undefined) return email;
  return setting.startsWith('@') ? `${email.slice(0, email.lastIndexOf('@'))}${setting}` : setting;
};

export const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
